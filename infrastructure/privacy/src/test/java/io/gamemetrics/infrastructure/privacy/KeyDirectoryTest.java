package io.gamemetrics.infrastructure.privacy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.privacy.KeyEpochs.Epoch;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyDirectoryTest {

    private static final GameId GAME = new GameId("intendo");

    @TempDir
    Path folder;

    private final HikariDataSource database = new HikariDataSource();

    private PostgresVault open(Path keys) {
        if (database.getJdbcUrl() == null) {
            database.setJdbcUrl(TestPostgres.newDatabase());
        }
        return PostgresVault.open(database, KeyDirectory.at(keys));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aNewVaultMakesItsKeysForItsOwnerOnly() throws Exception {
        Path keys = folder.resolve("keys");

        open(keys);

        assertThat(names(keys)).containsExactly("epoch-0001.key", "lookup.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rwx------");
        for (String name : names(keys)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aFilledVaultRefusesAnEmptyFolderAndLeavesItEmpty() throws Exception {
        open(folder.resolve("keys")).gameNumber(new GameId("intendo"));

        assertThatThrownBy(() -> open(folder.resolve("elsewhere")))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining("set GAMEMETRICS_KEY_DIR")
                .hasMessageContaining("elsewhere");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void aFilledVaultRefusesTheKeysOfAnotherVault() throws Exception {
        Path keys = folder.resolve("keys");
        Path others = folder.resolve("others");
        open(keys);
        KeyDirectory.at(others).fit(Map.of());

        assertThatThrownBy(() -> open(others)).isInstanceOf(KeysRefusedException.class);
        Files.copy(keys.resolve("lookup.key"), folder.resolve("lookup"));
        Files.delete(others.resolve("lookup.key"));
        Files.copy(folder.resolve("lookup"), others.resolve("lookup.key"));
        Files.setPosixFilePermissions(others.resolve("lookup.key"), PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> open(others)).hasMessageContaining("the key of epoch 1");
    }

    @Test
    void aNewVaultTakesKeysThatAreThere() throws Exception {
        Path keys = folder.resolve("keys");
        KeyDirectory.at(keys).fit(Map.of());
        String epoch = Files.readString(keys.resolve("epoch-0001.key"));

        open(keys);

        assertThat(Files.readString(keys.resolve("epoch-0001.key"))).isEqualTo(epoch);
    }

    @Test
    void processesThatStartAtOnceAgreeOnTheKeys() throws Exception {
        database.setJdbcUrl(TestPostgres.newDatabase());
        Path keys = folder.resolve("keys");
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> starts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                starts.add(() -> open(keys).gameNumber(new GameId("intendo")));
            }
            for (Future<Integer> start : threads.invokeAll(starts)) {
                assertThat(start.get()).isEqualTo(1);
            }
        }
        assertThat(names(keys)).containsExactly("epoch-0001.key", "lookup.key");
        open(keys);
    }

    @Test
    void noEpochsFileStandsForTheLookupSecret() throws Exception {
        Path keys = folder.resolve("keys");
        KeyDirectory.at(keys).fit(Map.of());
        String fingerprint = KeyDirectory.at(keys).fingerprint();

        Files.copy(keys.resolve("epoch-0001.key"), keys.resolve("epoch-0000.key"), StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(KeyDirectory.at(keys).fingerprint()).isEqualTo(fingerprint);
        assertThat(KeyDirectory.at(keys).reread()).containsExactlyInAnyOrder((short) 0, (short) 1);
    }

    @Test
    void aDamagedOrOpenKeyFileIsRefused() throws Exception {
        Path keys = folder.resolve("keys");
        KeyDirectory.at(keys).fit(Map.of());
        Path file = keys.resolve("epoch-0001.key");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> KeyDirectory.at(keys)).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "c2hvcnQ=\n");
        assertThatThrownBy(() -> KeyDirectory.at(keys))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageNotContainingAny("c2hvcnQ");
    }

    @Test
    void aDestructionThatEndsHalfwayLeavesKeysThatOpen() throws Exception {
        Path keys = folder.resolve("keys");
        KeyDirectory.at(keys).fit(Map.of());
        Path file = Files.createDirectory(keys.resolve("epoch-0002.key"));

        // A folder can't be written over, so it ends there.
        assertThatThrownBy(() -> new KeyFiles(keys).destroy((short) 2)).isInstanceOf(KeysRefusedException.class);

        assertThat(file).doesNotExist();
        assertThat(KeyDirectory.at(keys).reread()).containsExactlyInAnyOrder((short) 0, (short) 1);
    }

    @Test
    void whatADestructionLeftIsDestroyedByTheNext() throws Exception {
        Path keys = folder.resolve("keys");
        KeyDirectory.at(keys).fit(Map.of());
        Path left = keys.resolve(".destroyed-epoch-0003.key");
        Files.copy(keys.resolve("epoch-0001.key"), left);

        new KeyFiles(keys).destroy((short) 2);

        assertThat(left).doesNotExist();
        assertThat(names(keys)).containsExactly("epoch-0001.key", "lookup.key");
    }

    @Test
    void keysBesideTheDataAreRefusedAlsoBehindALink() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), data);

        KeyDirectory.requireOutside(data, folder.resolve("keys"));
        KeyDirectory.requireOutside(data, folder.resolve("data-keys"));
        for (Path inside : List.of(data, data.resolve("keys"), link.resolve("a/b"), data.resolve("../data/keys"))) {
            assertThatThrownBy(() -> KeyDirectory.requireOutside(data, inside))
                    .isInstanceOf(KeysRefusedException.class)
                    .hasMessageContaining("GAMEMETRICS_KEY_DIR");
        }
    }

    @Test
    void aFileThatNobodyBeganWrapsNothing() throws Exception {
        Path keys = folder.resolve("keys");
        open(keys);
        someKey(keys.resolve("epoch-0007.key"));
        PostgresVault started = open(keys);

        stream(started);
        started.requestSecrets().put(UUID.randomUUID(), "needles", new byte[1]);
        started.keyEpochs().rewrap(null);

        // The game's two, the player's and the request's.
        assertThat(started.keyEpochs().list()).extracting(Epoch::wraps).containsExactly(4L);
    }

    @Test
    void aFolderWithAnotherKeyOfTheNewEpochIsRefusedAndWrapsNothing() throws Exception {
        Path keys = folder.resolve("keys");
        PostgresVault vault = open(keys);
        vault.gameNumber(GAME);
        Path others = Files.createDirectory(folder.resolve("others"));
        for (String name : names(keys)) {
            Files.copy(keys.resolve(name), others.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        PostgresVault replica = open(others);
        vault.keyEpochs().begin();
        Path wrong = someKey(others.resolve("epoch-0002.key"));

        assertThatThrownBy(() -> stream(replica))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining("does not hold the key of epoch 2");
        assertThatThrownBy(() -> replica.requestSecrets().put(UUID.randomUUID(), "needles", new byte[1]))
                .isInstanceOf(KeysRefusedException.class);
        assertThat(vault.keyEpochs().list()).extracting(Epoch::wraps).containsExactly(2L, 0L);

        Path right = keys.resolve("epoch-0002.key");
        Files.copy(right, wrong, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        assertThat(stream(replica)).isEqualTo(stream(vault));
    }

    private static Path someKey(Path file) throws Exception {
        Files.writeString(file, "A".repeat(43) + "=\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static Pseudonym stream(PostgresVault vault) {
        PlayerId anna = new PlayerId("anna");
        return requireNonNull(
                        vault.subjects(vault.gameNumber(GAME), List.of(anna)).get(anna))
                .pseudonym();
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
