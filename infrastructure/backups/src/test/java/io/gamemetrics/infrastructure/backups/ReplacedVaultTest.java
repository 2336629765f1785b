package io.gamemetrics.infrastructure.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.privacy.KeysRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vault that is there is given up for a backup only when nothing speaks against that. */
class ReplacedVaultTest extends PlayedStores {

    @Test
    void aLedgerThatLacksAnErasureLeavesTheVaultThatIsThere() throws Exception {
        Path unaware = vaultBackup();
        stores.erase("anna", anna);
        Path aware = vaultBackup();
        stores.play("carl", 0);
        Path ledger = stores.ledger().resolve("erasures.ledger");
        Path away = Files.move(ledger, folder.resolve("away"));

        for (Path backup : List.of(unaware, aware)) {
            assertThatThrownBy(() -> replaceVault(backup))
                    .isInstanceOf(KeysRefusedException.class)
                    .hasMessageContaining("lacks entry 2")
                    .hasMessageEndingWith("nothing was changed.");
            assertThat(readable()).as("bert and carl").isEqualTo(2);
        }

        Files.move(away, ledger);
        replaceVault(aware);
        assertThat(readable()).as("bert").isEqualTo(1);
    }

    @Test
    void aLedgerThatIsShorterThanTheBackupIsRefusedBeforeAnEmptyDatabaseIsFilled() throws Exception {
        stores.erase("anna", anna);
        Path backup = vaultBackup();
        Files.delete(stores.ledger().resolve("erasures.ledger"));
        var empty = stores.emptyVault();

        assertThatThrownBy(() -> replaceVault(backup)).hasMessageContaining("lacks entry 2");

        assertThat(number(empty, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isZero();
    }

    @Test
    void aKeyThatIsNotTheBackupsLeavesTheVaultThatIsThere() throws Exception {
        Path backup = vaultBackup();
        stores.play("carl", 0);
        Path key = folder.resolve("keys/epoch-0001.key");
        byte[] own = Files.readAllBytes(key);
        Files.writeString(key, "A".repeat(43) + "=\n");

        assertThatThrownBy(() -> replaceVault(backup))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining("the key of epoch 1");

        Files.write(key, own);
        assertThat(readable()).isEqualTo(3);
    }

    private void replaceVault(Path backup) {
        restores(Clock.systemUTC()).vault(backup, stores.vaultDatabase(), true, "tester", NOTHING);
    }

    private long readable() throws Exception {
        return number(stores.vaultDatabase(), "SELECT count(*) FROM subject WHERE wrapped_key IS NOT NULL");
    }
}
