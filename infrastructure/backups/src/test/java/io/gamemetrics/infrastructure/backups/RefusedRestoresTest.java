package io.gamemetrics.infrastructure.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.KeysRefusedException;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What is not whole, or does not belong here, is refused before anything is changed. */
class RefusedRestoresTest extends PlayedStores {

    @Test
    void oneFlippedBitAnywhereIsFoundAndNothingIsPutBack() throws Exception {
        Path backup = eventsBackup();
        List<Path> files;
        try (Stream<Path> all = Files.list(backup)) {
            files = all.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(5);
        PGSimpleDataSource empty = stores.emptyEvents();
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at : new int[] {0, bytes.length / 2, bytes.length - 1}) {
                bytes[at] ^= 1;
                Files.write(file, bytes);
                assertThat(Verification.of(backup, Instant.now(), NOBODY)
                                .getFirst()
                                .problem())
                        .as("%s, byte %d", file.getFileName(), at)
                        .isNotNull();
                assertThatThrownBy(() -> restores(Clock.systemUTC())
                                .events(backup, empty, stores.vaultDatabase(), false, "tester"))
                        .isInstanceOf(BackupRefusedException.class);
                bytes[at] ^= 1;
            }
            Files.write(file, bytes);
        }
        assertThat(number(empty, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isZero();
        assertThat(Verification.of(backup, Instant.now(), NOBODY).getFirst().problem())
                .isNull();
    }

    @Test
    void whatADatabaseHoldsIsGivenUpOnlyOnAWord() throws Exception {
        Path backup = eventsBackup();
        stores.play("bert", 1);

        assertThatThrownBy(() -> restores(Clock.systemUTC())
                        .events(backup, stores.events(), stores.vaultDatabase(), false, "tester"))
                .hasMessageContaining("is not empty")
                .hasMessageContaining("--replace");
        assertThat(number(stores.events(), "SELECT position FROM stream_head")).isEqualTo(3);
        try (Connection used = stores.events().getConnection()) {
            assertThat(used.isValid(1)).isTrue();
            assertThatThrownBy(() -> restores(Clock.systemUTC())
                            .events(backup, stores.events(), stores.vaultDatabase(), true, "tester"))
                    .hasMessageContaining("is in use by 1 connections");
        }

        restores(Clock.systemUTC()).events(backup, stores.events(), stores.vaultDatabase(), true, "tester");
        assertThat(number(stores.events(), "SELECT position FROM stream_head")).isEqualTo(2);
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() {
        Path events = eventsBackup();
        Path vault = vaultBackup();
        KeyDirectory others = KeyDirectory.at(folder.resolve("other-keys"));
        PostgresVault.open(new Stores(folder.resolve("other-keys")).vaultDatabase(), others);

        assertThatThrownBy(
                        () -> restores(Clock.systemUTC()).vault(events, stores.emptyVault(), false, "tester", NOTHING))
                .hasMessageContaining("is one of the events, not of the vault");
        assertThatThrownBy(() -> new Restores(others, folder.resolve("other-keys/ledger"), Clock.systemUTC(), NOBODY)
                        .vault(vault, stores.emptyVault(), false, "tester", NOTHING))
                .hasMessageContaining("belongs to other keys");
        assertThatThrownBy(() -> backups(Clock.systemUTC())
                        .vault(stores.vaultDatabase(), folder.resolve("events"), Duration.ofDays(1), "tester"))
                .hasMessageContaining("in another place");
    }

    @Test
    void aBackupThatNamesOtherKeysThanItsVaultsIsFoundWithoutAnyKey() throws Exception {
        Path backup = vaultBackup();
        Path manifest = backup.resolve("manifest.json");
        String keys = stores.keys().fingerprint();
        Files.writeString(manifest, Files.readString(manifest).replace(keys, "0" + keys.substring(1) + "0"));
        byte[] sum = BackupFolder.sha256().digest(Files.readAllBytes(manifest));
        Files.writeString(backup.resolve("manifest.sha256"), HexFormat.of().formatHex(sum) + "\n");

        assertThat(Verification.of(backup, Instant.now(), NOBODY).getFirst().problem())
                .contains("belongs to other keys than the vault that was copied");
    }

    @Test
    void noBackupIsMadeOfHalfAStore() {
        UnfinishedRestores unfinished = new UnfinishedRestores(stores.vaultDatabase());
        unfinished.begin(Step.VAULT, "/backups/x");
        assertThatThrownBy(this::vaultBackup).hasMessageContaining("restore vault /backups/x");
        assertThat(eventsBackup()).exists();
        unfinished.follow(Step.VAULT, Step.EVENTS, "/backups/y");
        assertThatThrownBy(this::eventsBackup).hasMessageContaining("restore events /backups/y");
        assertThat(vaultBackup()).exists();
    }

    @Test
    void noBackupIsMadeWithTheKeysOfAnotherVault() throws Exception {
        PostgresVault vault = stores.vault();
        KeyDirectory others = KeyDirectory.at(folder.resolve("other-keys"));
        PostgresVault.open(new Stores(folder.resolve("other-keys")).vaultDatabase(), others);
        Backups wrong = new Backups(others, Clock.systemUTC(), NOBODY);

        assertThatThrownBy(() ->
                        wrong.vault(stores.vaultDatabase(), folder.resolve("vault"), Duration.ofDays(1), "tester"))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining("set GAMEMETRICS_KEY_DIR");
        assertThatThrownBy(() -> wrong.events(stores.events(), stores.vaultDatabase(), folder.resolve("events")))
                .isInstanceOf(KeysRefusedException.class);

        assertThat(folder.resolve("vault")).doesNotExist();
        assertThat(folder.resolve("events")).doesNotExist();
        assertThat(vault.audit().verify().intact())
                .as("nothing under other keys")
                .isTrue();
        assertThat(vault.audit().head().entries()).isZero();
    }

    @Test
    void aLedgerThatLacksWhatTheVaultHasHeardOfEndsIt() throws Exception {
        stores.erase("anna", anna);
        Path backup = vaultBackup();
        Path events = eventsBackup();
        Files.delete(stores.ledger().resolve("erasures.ledger"));

        assertThatThrownBy(() -> restoreEvents(events)).isInstanceOf(KeysRefusedException.class);
        assertThat(number(stores.events(), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isZero();
        assertThatThrownBy(
                        () -> restores(Clock.systemUTC()).vault(backup, stores.emptyVault(), false, "tester", NOTHING))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining("lacks entry 2");
    }
}
