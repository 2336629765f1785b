package io.gamemetrics.infrastructure.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyEpochsTest {

    @TempDir
    Path folder;

    private FakePlatform platform;
    private Map<String, String> environment;

    @BeforeEach
    void start() throws Exception {
        platform = new FakePlatform();
        environment = Typed.environment(platform, folder);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void epochsAreListedAsATable() {
        Typed typed = Typed.command(environment, "key-epochs", "list");

        assertThat(typed.exit()).isEqualTo(Exit.DONE.code);
        assertThat(typed.out())
                .contains("wraps")
                .containsPattern("1 +OLDER +1500")
                .containsPattern("2 +CURRENT");
    }

    @Test
    void anEpochIsBegunAndWhatToDoNextIsSaid() {
        Typed typed = Typed.command(environment, "key-epochs", "begin");

        assertThat(typed.exit()).isEqualTo(Exit.DONE.code);
        assertThat(typed.out()).contains("Epoch 3").contains("Back its key file up");
    }

    @Test
    void keysAreWrappedAnewUntilThereIsNothingNext() {
        Typed typed = Typed.command(environment, "key-epochs", "rewrap");

        assertThat(typed.out()).contains("Wrapped 1,500 keys anew");
        assertThat(platform.keyEpochs.sent)
                .containsExactly("POST /v1/key-epochs/rewrap", "POST /v1/key-epochs/rewrap?from=1.1000");
    }

    @Test
    void whatABackupNeedsIsRefusedUnlessItIsGivenUp() {
        Typed refused = Typed.command(environment, "key-epochs", "destroy", "1");
        assertThat(refused.exit()).isEqualTo(Exit.REFUSED.code);
        assertThat(refused.err()).contains("A backup needs it");

        Typed givenUp = Typed.command(environment, "key-epochs", "destroy", "1", "--give-up-backups");
        assertThat(givenUp.exit()).isEqualTo(Exit.DONE.code);
        assertThat(givenUp.out()).contains("Destroy its copies too");
    }

    @Test
    void whatWorksOnTheStoresThemselvesSaysHowItIsRun() {
        for (String[] command : new String[][] {
            {"backup", "create", "vault", "/backups", "--keep-for", "3"},
            {"backup", "verify", "/backups"},
            {"restore", "events", "/backups/one", "--replace"},
            {"restore", "vault", "/backups/one"},
            {"restore", "reconcile"}
        }) {
            Typed typed = Typed.command(environment, command);
            assertThat(typed.exit()).isEqualTo(Exit.USAGE.code);
            assertThat(typed.err()).contains("run ./gamemetrics " + command[0] + " " + command[1]);
        }
    }
}
