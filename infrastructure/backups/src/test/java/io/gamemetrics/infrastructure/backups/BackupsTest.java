package io.gamemetrics.infrastructure.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.KeyEpochs.Destruction;
import io.gamemetrics.infrastructure.privacy.KeysRefusedException;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault.Standing;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What is put back is what was there; but for who was erased, whom nothing brings back. */
class BackupsTest {

    private static final CopyWatcher NOBODY = (table, bytes, expected) -> {};

    @TempDir
    Path folder;

    @TempDir
    static Path first;

    private static Stores played;
    private static UUID anna;
    private static UUID bert;

    private Stores stores;

    @BeforeAll
    static void play() {
        played = new Stores(first.resolve("keys"));
        anna = played.play("anna", 0);
        bert = played.play("bert", 0);
    }

    @BeforeEach
    void copy() throws Exception {
        stores = played.copy(folder.resolve("keys"));
    }

    private Backups backups(Clock clock) {
        return new Backups(stores.keys(), clock, NOBODY);
    }

    private Restores restores(Clock clock) {
        return new Restores(stores.keys(), stores.ledger(), clock, NOBODY);
    }

    private static Clock later(Duration by) {
        return Clock.fixed(Instant.now().plus(by), ZoneOffset.UTC);
    }

    private Path eventsBackup() {
        return backups(Clock.systemUTC())
                .events(stores.events(), folder.resolve("events"))
                .folder();
    }

    private Path vaultBackup() {
        return backups(Clock.systemUTC())
                .vault(stores.vaultDatabase(), folder.resolve("vault"), Backups.VAULT_LIFE, "tester")
                .folder();
    }

    private void restoreEvents(Path backup) {
        PGSimpleDataSource empty = stores.emptyEvents();
        restores(Clock.systemUTC()).events(backup, empty, stores.vaultDatabase(), false, "tester");
    }

    @Test
    void anEventStoreComesBackAsItWas() throws Exception {
        Position before;
        try (PostgresEventStore store = stores.store()) {
            before = store.position();
        }
        Path backup = eventsBackup();
        stores.play("anna", 1);

        restoreEvents(backup);

        try (PostgresEventStore store = stores.store()) {
            assertThat(store.position()).isEqualTo(before);
            assertThat(store.headSequences(List.of(anna, bert)).values()).containsExactly(0L, 0L);
            assertThat(store.byLookupKeys(Map.of(anna, List.of(0L)))).containsOnlyKeys(anna);
        }
        assertThat(stores.read(anna)).isEqualTo("anna/0");
        assertThat(number(stores.events(), "SELECT count(*) FROM rejected_event"))
                .isEqualTo(2);
        stores.play("anna", 1);
        assertThat(number(stores.events(), "SELECT count(DISTINCT id) FROM rejected_event"))
                .as("numbers go on")
                .isEqualTo(3);
        assertThat(stores.vault().audit().verify().intact()).isTrue();
    }

    @Test
    void whoWasErasedAfterTheEventsWereCopiedStaysErasedAndTheOthersReadAsBefore() throws Exception {
        Path backup = eventsBackup();
        stores.erase("anna", anna);

        restoreEvents(backup);

        assertThat(number(stores.events(), "SELECT count(*) FROM events WHERE stream = '" + anna + "'"))
                .as("the ciphertext is back")
                .isEqualTo(1);
        assertThat(stores.read(anna)).isEmpty();
        assertThat(stores.read(bert)).isEqualTo("bert/0");
        assertRefused("anna");
    }

    @Test
    void whoWasErasedAfterTheVaultWasCopiedIsTakenOutOfItAgain() throws Exception {
        Path backup = vaultBackup();
        stores.erase("anna", anna);
        UUID carl = stores.play("carl", 0);

        restores(Clock.systemUTC()).vault(backup, stores.emptyVault(), false, "tester");

        assertThat(number(stores.vaultDatabase(), "SELECT count(*) FROM subject WHERE wrapped_key IS NOT NULL"))
                .as("before anybody has opened it")
                .isEqualTo(1);
        assertThat(number(stores.vaultDatabase(), "SELECT ledger_entries FROM vault"))
                .isEqualTo(2);
        assertThat(stores.read(anna)).isEmpty();
        assertThat(stores.read(bert)).isEqualTo("bert/0");
        assertThat(stores.read(carl)).as("made since: lost").isEmpty();
        assertRefused("anna");
        assertThat(stores.vault().audit().verify().intact()).isTrue();
        assertThat(stores.vault().audit().verify().entries()).isEqualTo(2);
    }

    @Test
    void aVaultWhoseKeysWereDestroyedIsRefusedAndNothingIsTouched() throws Exception {
        Path old = vaultBackup();
        PostgresVault vault = stores.vault();
        for (int epoch = 1; epoch <= 2; epoch++) {
            vault.keyEpochs().begin();
            vault.keyEpochs().rewrap(null);
            assertThat(vault.keyEpochs().destroy(epoch, false))
                    .isEqualTo(epoch == 1 ? Destruction.NEEDED : Destruction.DESTROYED);
            vault.keyEpochs().destroy(epoch, true);
        }
        long audited = vault.audit().head().entries();

        assertThatThrownBy(() -> restores(Clock.systemUTC()).vault(old, stores.vaultDatabase(), true, "tester"))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("needs the keys of epochs [1]")
                .hasMessageEndingWith("Nothing was changed.");

        assertThat(stores.vault().audit().head().entries()).isEqualTo(audited);
        assertThat(stores.read(bert)).isEqualTo("bert/0");
        UUID carl = stores.play("carl", 0);
        Path fresh = vaultBackup();
        restores(Clock.systemUTC()).vault(fresh, stores.emptyVault(), false, "tester");
        assertThat(stores.read(carl)).isEqualTo("carl/0");
    }

    @Test
    void aVaultThatNeedsADestroyedKeyForNothingIsPutBack() throws Exception {
        stores.vault().keyEpochs().begin();
        stores.vault().keyEpochs().rewrap(null);
        Path backup = vaultBackup();
        assertThat(stores.vault().keyEpochs().destroy(1, true)).isEqualTo(Destruction.DESTROYED);

        restores(Clock.systemUTC()).vault(backup, stores.emptyVault(), false, "tester");

        assertThat(stores.read(anna)).isEqualTo("anna/0");
        assertThat(stores.vault().keyEpochs().destroy(1, false)).isEqualTo(Destruction.DESTROYED);
    }

    @Test
    void aVaultsBackupIsOverAfterItsTime() throws Exception {
        Path backup = vaultBackup();
        Clock after = later(Duration.ofDays(8));

        assertThatThrownBy(() -> restores(after).vault(backup, Stores.elsewhere(), false, "tester"))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("was over at");
        assertThat(Verification.of(folder.resolve("vault"), after.instant(), NOBODY))
                .singleElement()
                .satisfies(found -> assertThat(found.problem()).contains("delete it"));
        Clock before = later(Duration.ofDays(6));
        assertThat(Verification.of(backup, before.instant(), NOBODY).getFirst().problem())
                .isNull();

        Path given = Files.createDirectory(folder.resolve("vault/vault-20260101T000000000Z.unfinished"));
        Files.writeString(given.resolve("subject.copy"), "half of one");
        backups(after).vault(stores.vaultDatabase(), folder.resolve("vault"), Duration.ofDays(1), "tester");
        assertThat(given).as("given up by whoever began it").doesNotExist();
        assertThat(backup).as("deleted when the next one is made").doesNotExist();
        assertThatThrownBy(() -> backups(after)
                        .vault(stores.vaultDatabase(), folder.resolve("vault"), Duration.ofDays(31), "tester"))
                .hasMessageContaining("at most 30 days");
    }

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

        assertThatThrownBy(() -> restores(Clock.systemUTC()).vault(events, stores.emptyVault(), false, "tester"))
                .hasMessageContaining("is one of the events, not of the vault");
        assertThatThrownBy(() -> new Restores(others, folder.resolve("other-keys/ledger"), Clock.systemUTC(), NOBODY)
                        .vault(vault, stores.emptyVault(), false, "tester"))
                .hasMessageContaining("belongs to other keys");
        assertThatThrownBy(() -> backups(Clock.systemUTC())
                        .vault(stores.vaultDatabase(), folder.resolve("events"), Duration.ofDays(1), "tester"))
                .hasMessageContaining("in another place");
    }

    @Test
    void aLedgerThatLacksWhatTheVaultHasHeardOfEndsIt() throws Exception {
        stores.erase("anna", anna);
        Path backup = vaultBackup();
        Path events = eventsBackup();
        Files.delete(stores.ledger().resolve("erasures.ledger"));

        assertThatThrownBy(() -> restores(Clock.systemUTC()).vault(backup, stores.emptyVault(), false, "tester"))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining("lacks entry 2");
        assertThatThrownBy(() -> restoreEvents(events)).isInstanceOf(KeysRefusedException.class);
        assertThat(number(stores.events(), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isZero();
    }

    @Test
    void aBackupIsOfOneMomentAndItsOwnersAlone() throws Exception {
        long[] during = {0};
        Path backup = new Backups(stores.keys(), Clock.systemUTC(), (table, bytes, expected) -> {
                    if (during[0] == 0) {
                        during[0]++;
                        stores.play("late", 0);
                    }
                })
                .events(stores.events(), folder.resolve("events"))
                .folder();

        restoreEvents(backup);

        assertThat(during[0]).isEqualTo(1);
        assertThat(number(stores.events(), "SELECT count(*) FROM events")).isEqualTo(2);
        assertThat(number(stores.events(), "SELECT position FROM stream_head")).isEqualTo(2);
        try (Stream<Path> files = Files.list(backup)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    private void assertRefused(String player) {
        PlayerId id = new PlayerId(player);
        assertThat(stores.vault().standings(stores.game(), List.of(id)).get(id)).isInstanceOf(Standing.Erased.class);
    }

    private static long number(DataSource database, String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
