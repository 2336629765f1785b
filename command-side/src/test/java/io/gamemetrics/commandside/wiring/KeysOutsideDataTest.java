package io.gamemetrics.commandside.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.privacy.KeysRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever copies the data folder must not have the keys with it. */
class KeysOutsideDataTest {

    @TempDir
    Path folder;

    @Test
    void keysInsideTheDataFolderRefuseTheStartAndNothingIsWritten() {
        Path data = folder.resolve("data");
        Path keys = data.resolve("keys");
        Databases databases = Databases.create().withKeys(keys);
        assertThatThrownBy(() -> TestCommandSide.start(databases, Map.of("gamemetrics.data", data.toString())))
                .hasRootCauseInstanceOf(KeysRefusedException.class)
                .rootCause()
                .hasMessageContaining("GAMEMETRICS_KEY_DIR");
        assertThat(keys).doesNotExist();
    }

    @Test
    void aLinkIntoTheDataFolderDoesNotHelp() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path link = Files.createSymbolicLink(folder.resolve("keys"), data);
        Databases databases = Databases.create().withKeys(link);
        assertThatThrownBy(() -> TestCommandSide.start(databases, Map.of("gamemetrics.data", data.toString())))
                .hasRootCauseInstanceOf(KeysRefusedException.class);
    }

    @Test
    void keysBesideTheDataFolderAreFine() {
        Databases databases = Databases.create().withKeys(folder.resolve("data-keys"));
        try (TestCommandSide server = TestCommandSide.start(
                databases, Map.of("gamemetrics.data", folder.resolve("data").toString()))) {
            assertThat(server.createGame("intendo")).startsWith("gmk_ingest_");
        }
    }
}
