package io.gamemetrics.infrastructure.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.backups.Restores.VaultPutBack;
import io.gamemetrics.infrastructure.privacy.KeyEpochs;
import io.gamemetrics.infrastructure.privacy.KeysRefusedException;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestoreException;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores;
import io.gamemetrics.infrastructure.privacy.UnfinishedRestores.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Whoever puts a backup back may die at any moment: nobody opens what that leaves, and the same again mends it. */
class UnfinishedRestoreTest extends PlayedStores {

    /** Ends a restore wherever it is, as a kill does. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aVaultThatIsPutBackHalfwayIsNotOpenedUntilTheSameIsDoneAgain() throws Exception {
        Path backup = vaultBackup();
        Path events = eventsBackup();
        stores.erase("anna", anna);
        DataSource empty = stores.emptyVault();

        assertThatThrownBy(() -> killedAt("subject").vault(backup, empty, false, "tester", () -> {
                    assertNotOpened("restore vault " + backup);
                    assertThat(tables(empty)).as("read models go first").isZero();
                }))
                .isInstanceOf(Killed.class);
        assertThat(tables(empty)).as("made, and not filled").isPositive();
        assertNotOpened("restore vault " + backup);
        assertThatThrownBy(() -> restores(Clock.systemUTC()).events(events, Stores.elsewhere(), empty, false, "tester"))
                .hasMessageContaining("restore vault " + backup);

        restores(Clock.systemUTC()).vault(backup, empty, false, "tester", NOTHING);

        assertThat(stores.read(bert)).isEqualTo("bert/0");
        assertThat(stores.read(anna)).isEmpty();
        assertRefused("anna");
    }

    @Test
    void whatTheVaultKnewOfItsKeysIsKnownWhenTheSameIsDoneAgain() throws Exception {
        Path backup = vaultBackup();
        stores.vault().keyEpochs().begin();
        DataSource vault = stores.vaultDatabase();

        assertThatThrownBy(() -> killedAt("subject").vault(backup, vault, true, "tester", NOTHING))
                .isInstanceOf(Killed.class);
        VaultPutBack putBack = restores(Clock.systemUTC()).vault(backup, vault, false, "tester", NOTHING);

        assertThat(putBack.strange())
                .as("epoch 2 was begun by the vault before it")
                .isEmpty();
        assertThat(stores.vault().keyEpochs().list())
                .extracting(KeyEpochs.Epoch::epoch)
                .containsExactly(1, 2);
        assertThat(number(vault, "SELECT count(*) FROM pg_tables WHERE tablename = 'given_up_vault'"))
                .as("told, and not kept")
                .isZero();
    }

    @Test
    void erasuresThatTheVaultHadHeardOfAreMissedInTheLedgerWhenTheSameIsDoneAgain() throws Exception {
        stores.erase("bert", bert);
        Path backup = vaultBackup();
        byte[] before = Files.readAllBytes(stores.ledger().resolve("erasures.ledger"));
        stores.erase("anna", anna);
        byte[] whole = Files.readAllBytes(stores.ledger().resolve("erasures.ledger"));
        DataSource vault = stores.vaultDatabase();

        assertThatThrownBy(() -> killedAt("subject").vault(backup, vault, true, "tester", NOTHING))
                .isInstanceOf(Killed.class);
        Files.write(stores.ledger().resolve("erasures.ledger"), before);

        assertThatThrownBy(() -> restores(Clock.systemUTC()).vault(backup, vault, false, "tester", NOTHING))
                .isInstanceOf(KeysRefusedException.class);

        Files.write(stores.ledger().resolve("erasures.ledger"), whole);
        restores(Clock.systemUTC()).vault(backup, vault, false, "tester", NOTHING);
        assertThat(stores.read(anna)).isEmpty();
    }

    @Test
    void whatFailsBeforeAVaultIsGivenUpLeavesIt() throws Exception {
        Path backup = vaultBackup();
        stores.play("carl", 0);

        assertThatThrownBy(
                        () -> restores(Clock.systemUTC()).vault(backup, stores.vaultDatabase(), true, "tester", () -> {
                            throw new IOException("no read models");
                        }))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("no read models")
                .hasMessageEndingWith("The vault was not changed.");

        assertThat(number(stores.vaultDatabase(), "SELECT count(*) FROM subject WHERE wrapped_key IS NOT NULL"))
                .isEqualTo(3);
    }

    @Test
    void anEventStoreIsNotOpenedBeforeItIsWholeAndHasANewLife() throws Exception {
        Path backup = eventsBackup();
        DataSource empty = stores.emptyEvents();

        assertThatThrownBy(() -> killedAt("events").events(backup, empty, stores.vaultDatabase(), false, "tester"))
                .isInstanceOf(Killed.class);
        assertThat(tables(empty)).as("made, and not filled").isPositive();
        assertNotOpened("restore events " + backup);

        restores(Clock.systemUTC()).events(backup, empty, stores.vaultDatabase(), false, "tester");

        assertThat(number(empty, "SELECT count(*) FROM events")).isEqualTo(2);
        assertNotOpened("restore reconcile");
        new UnfinishedRestores(stores.vaultDatabase()).end(Step.RECONCILIATION);
        assertThat(stores.read(bert)).isEqualTo("bert/0");
    }

    @Test
    void eventsAreNotPutBackWithoutAVault() throws Exception {
        Path backup = eventsBackup();
        DataSource vault = stores.emptyVault();
        DataSource empty = stores.emptyEvents();

        assertThatThrownBy(() -> restores(Clock.systemUTC()).events(backup, empty, vault, false, "tester"))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("restore the vault first");

        for (DataSource database : List.of(vault, empty)) {
            assertThat(tables(database)).isZero();
        }
    }

    /** One that ends once this table is filled, and not while it is looked at. */
    private Restores killedAt(String table) {
        return new Restores(stores.keys(), stores.ledger(), Clock.systemUTC(), (copied, bytes, expected) -> {
            if (copied.equals(table) && isFilling()) {
                throw new Killed();
            }
        });
    }

    private boolean isFilling() {
        return !new UnfinishedRestores(stores.vaultDatabase()).all().isEmpty();
    }

    private void assertNotOpened(String words) {
        assertThatThrownBy(() -> PostgresVault.open(stores.vaultDatabase(), stores.keys()))
                .isInstanceOf(UnfinishedRestoreException.class)
                .hasMessageContaining(words);
    }

    private static long tables(DataSource database) throws Exception {
        return number(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
    }
}
