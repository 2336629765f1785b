package io.gamemetrics.infrastructure.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.privacy.Vault.Standing;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with a ledger of erasures that is not as it was left. */
class ErasureLedgerTest {

    private static final PlayerId ANNA = new PlayerId("anna@example.org");
    private static final PlayerId BERT = new PlayerId("bert");

    @TempDir
    Path folder;

    private final HikariDataSource database = new HikariDataSource();
    private final List<HikariDataSource> restored = new ArrayList<>();
    private PostgresVault vault;
    private int game;

    @BeforeEach
    void open() {
        database.setJdbcUrl(TestPostgres.newDatabase());
        database.setMaximumPoolSize(4);
        vault = another();
        game = vault.gameNumber(new GameId("intendo"));
    }

    @AfterEach
    void close() {
        database.close();
        restored.forEach(HikariDataSource::close);
    }

    private PostgresVault another() {
        return PostgresVault.open(database, KeyDirectory.at(folder.resolve("keys")));
    }

    @Test
    void aLedgerThatWasChangedIsRefusedWithOneSentence() throws Exception {
        vault.erasures().begin(game, ANNA);
        vault.erasures().begin(game, BERT);
        byte[] whole = Files.readAllBytes(ledger());

        for (int at = 0; at < whole.length; at += 11) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (at % 2 == 0 ? 0x20 : 1);
            Files.write(ledger(), flipped);
            assertThatThrownBy(this::another).as("byte %d", at).isInstanceOf(KeysRefusedException.class);
        }
        String text = new String(whole, java.nio.charset.StandardCharsets.US_ASCII);
        Files.writeString(ledger(), text.substring(0, text.indexOf('\n') + 1));
        assertThatThrownBy(this::another)
                .hasMessageContaining("lacks entry 2")
                .hasMessageContaining("put its latest copy");
        Files.delete(ledger());
        assertThatThrownBy(this::another).hasMessageContaining("lacks entry 2");
        assertThatThrownBy(() -> vault.erasures().begin(game, new PlayerId("carl")))
                .isInstanceOf(KeysRefusedException.class);
        Files.write(ledger(), whole);
        assertThat(standing(another(), BERT)).isInstanceOf(Standing.Erased.class);
    }

    @Test
    void aLedgerOfOtherKeysIsRefused() throws Exception {
        vault.erasures().begin(game, ANNA);
        HikariDataSource other = new HikariDataSource();
        restored.add(other);
        other.setJdbcUrl(TestPostgres.newDatabase());
        Path keys = folder.resolve("others");
        PostgresVault.open(other, KeyDirectory.at(keys));

        assertThatThrownBy(() -> PostgresVault.open(
                        other, KeyDirectory.at(keys), folder.resolve("keys").resolve("ledger")))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining("of another key directory");
    }

    @Test
    void halfALineAtTheEndIsOneThatNobodyWasToldOf() throws Exception {
        vault.erasures().begin(game, ANNA);
        String whole = Files.readString(ledger());
        Files.writeString(ledger(), whole + whole.substring(0, whole.length() / 2));

        another().erasures().begin(game, BERT);

        assertThat(Files.readString(ledger())).startsWith(whole).hasLineCount(2);
        assertThat(standing(another(), BERT)).isInstanceOf(Standing.Erased.class);
    }

    private Path ledger() {
        return folder.resolve("keys").resolve("ledger").resolve("erasures.ledger");
    }

    private Standing standing(PostgresVault of, PlayerId player) {
        return Objects.requireNonNull(of.admit(game, List.of(player)).get(player));
    }
}
