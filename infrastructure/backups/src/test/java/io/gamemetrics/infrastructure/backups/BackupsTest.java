package io.gamemetrics.infrastructure.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.backups.Restores.EventsPutBack;
import io.gamemetrics.infrastructure.backups.Restores.VaultPutBack;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.privacy.KeyEpochs;
import io.gamemetrics.infrastructure.privacy.KeyEpochs.Destruction;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.sharedkernel.ids.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What is put back is what was there; but for who was erased, whom nothing brings back. */
class BackupsTest extends PlayedStores {

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
                .as("no part of a backup")
                .isZero();
        stores.play("anna", 1);
        assertThat(number(stores.events(), "SELECT id FROM rejected_event"))
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
        assertThat(number(stores.events(), "SELECT count(*) FROM rejected_event"))
                .as("what the game's key opens is not")
                .isZero();
        assertThat(stores.read(anna)).isEmpty();
        assertThat(stores.read(bert)).isEqualTo("bert/0");
        assertRefused("anna");
    }

    @Test
    void whoWasErasedAfterTheVaultWasCopiedIsTakenOutOfItAgain() throws Exception {
        Path backup = vaultBackup();
        stores.erase("anna", anna);
        UUID carl = stores.play("carl", 0);

        restores(Clock.systemUTC()).vault(backup, stores.emptyVault(), false, "tester", NOTHING);

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
    void requestsThatTheBackupLacksAreToldAndNoneIsForgotten() throws Exception {
        UUID kept = UUID.randomUUID();
        UUID lost = UUID.randomUUID();
        UUID over = UUID.randomUUID();
        RequestSecrets secrets = stores.vault().requestSecrets();
        for (UUID request : List.of(anna, kept, lost, over)) {
            secrets.put(request, "intake", new byte[1]);
        }
        secrets.put(kept, RequestSecrets.STREAM, new byte[1]);
        secrets.destroy(over);
        Path backup = eventsBackup();

        EventsPutBack putBack = restores(Clock.systemUTC())
                .events(backup, stores.emptyEvents(), stores.vaultDatabase(), false, "tester");

        assertThat(putBack.returning()).containsExactly(kept);
        assertThat(putBack.lost()).as("the store has a stream of the other's").containsExactly(lost);
        assertThat(secrets.find(lost, RequestSecrets.LOST)).isPresent();
        assertThat(secrets.find(kept, RequestSecrets.LOST)).isEmpty();
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

        assertThatThrownBy(
                        () -> restores(Clock.systemUTC()).vault(old, stores.vaultDatabase(), true, "tester", NOTHING))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("needs the keys of epochs [1]")
                .hasMessageEndingWith("Nothing was changed.");

        assertThat(stores.vault().audit().head().entries()).isEqualTo(audited);
        assertThat(stores.read(bert)).isEqualTo("bert/0");
        UUID carl = stores.play("carl", 0);
        Path fresh = vaultBackup();
        restores(Clock.systemUTC()).vault(fresh, stores.emptyVault(), false, "tester", NOTHING);
        assertThat(stores.read(carl)).isEqualTo("carl/0");
    }

    @Test
    void aVaultThatNeedsADestroyedKeyForNothingIsPutBack() throws Exception {
        stores.vault().keyEpochs().begin();
        stores.vault().keyEpochs().rewrap(null);
        Path backup = vaultBackup();
        assertThat(stores.vault().keyEpochs().destroy(1, true)).isEqualTo(Destruction.DESTROYED);

        restores(Clock.systemUTC()).vault(backup, stores.emptyVault(), false, "tester", NOTHING);

        assertThat(stores.read(anna)).isEqualTo("anna/0");
        assertThat(stores.vault().keyEpochs().destroy(1, false)).isEqualTo(Destruction.DESTROYED);
    }

    @Test
    void anEpochThatBeginsJustBeforeTheCopiedMomentIsKeptForTheBackup() throws Exception {
        PostgresVault vault = stores.vault();
        PGSimpleDataSource database = stores.vaultDatabase();
        DataSource late = new LateConnections(database, () -> {
            if (vault.keyEpochs().list().getLast().neededUntil() != null) {
                vault.keyEpochs().begin();
                vault.keyEpochs().rewrap(null);
                return true;
            }
            return false;
        });
        Path backup = backups(Clock.systemUTC())
                .vault(late, folder.resolve("vault"), Backups.VAULT_LIFE, "tester")
                .folder();
        vault.keyEpochs().begin();
        vault.keyEpochs().rewrap(null);

        assertThat(vault.keyEpochs().destroy(2, false)).isEqualTo(Destruction.NEEDED);

        restores(Clock.systemUTC()).vault(backup, stores.emptyVault(), false, "tester", NOTHING);
        assertThat(stores.read(bert)).isEqualTo("bert/0");
    }

    @Test
    void aFileInTheKeyDirectoryIsAKeyOfTheVaultOnlyIfSomebodyKnowsIt() throws Exception {
        Path backup = vaultBackup();
        stores.vault().keyEpochs().begin();
        Path strange = Files.copy(
                folder.resolve("keys/epoch-0001.key"),
                folder.resolve("keys/epoch-0007.key"),
                StandardCopyOption.COPY_ATTRIBUTES);

        VaultPutBack replaced =
                restores(Clock.systemUTC()).vault(backup, stores.vaultDatabase(), true, "tester", NOTHING);

        assertThat(replaced.strange()).containsExactly((short) 7);
        assertThat(epochs()).as("the vault before it knew its key").containsExactly(1, 2);

        VaultPutBack found = restores(Clock.systemUTC()).vault(backup, stores.emptyVault(), false, "tester", NOTHING);

        assertThat(found.strange()).containsExactly((short) 2, (short) 7);
        assertThat(epochs()).as("nobody is left who knew").containsExactly(1);
        assertThat(stores.read(stores.play("carl", 0))).isEqualTo("carl/0");
        Files.delete(strange);
        assertThat(stores.vault().keyEpochs().begin()).as("on a word").isEqualTo((short) 2);
    }

    private List<Integer> epochs() {
        return PostgresVault.open(stores.vaultDatabase(), stores.keys()).keyEpochs().list().stream()
                .map(KeyEpochs.Epoch::epoch)
                .toList();
    }

    @Test
    void aVaultsBackupIsOverAfterItsTime() throws Exception {
        Path backup = vaultBackup();
        Clock after = later(Duration.ofDays(8));

        assertThatThrownBy(() -> restores(after).vault(backup, Stores.elsewhere(), false, "tester", NOTHING))
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
        // Whoever began to delete this one died when its manifest was gone.
        Path going = Files.move(vaultBackup(), folder.resolve("vault/vault-20260102T000000000Z.going"));
        Files.delete(going.resolve("manifest.json"));
        backups(after).vault(stores.vaultDatabase(), folder.resolve("vault"), Duration.ofDays(1), "tester");
        assertThat(going).as("the rest of one that was over").doesNotExist();
        assertThat(given).as("given up by whoever began it").doesNotExist();
        assertThat(backup).as("deleted when the next one is made").doesNotExist();
        assertThatThrownBy(() -> backups(after)
                        .vault(stores.vaultDatabase(), folder.resolve("vault"), Duration.ofDays(31), "tester"))
                .hasMessageContaining("at most 30 days");
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
                .events(stores.events(), stores.vaultDatabase(), folder.resolve("events"))
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
}
