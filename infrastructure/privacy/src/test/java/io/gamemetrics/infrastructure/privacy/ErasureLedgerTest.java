package io.gamemetrics.infrastructure.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.privacy.ErasureLedger.Entry;
import io.gamemetrics.infrastructure.privacy.ErasureLedger.Kind;
import io.gamemetrics.infrastructure.privacy.Vault.Standing;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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

    @Test
    void aLineThatBrokeOffAnywhereIsWrittenAnewAndNothingBeforeItIsTouched() throws Exception {
        vault.erasures().begin(game, ANNA);
        byte[] one = Files.readAllBytes(ledger());
        vault.erasures().begin(game, BERT);
        byte[] two = Files.readAllBytes(ledger());

        for (int length = one.length; length < two.length; length++) {
            Files.write(ledger(), Arrays.copyOf(two, length));
            ErasureLedger torn = anew();
            assertThat(torn.after(0, null)).as("%d bytes", length).hasSize(1);
            torn.append(entry(2));

            assertThat(Arrays.copyOf(Files.readAllBytes(ledger()), one.length)).isEqualTo(one);
            assertThat(anew().after(0, null)).as("%d bytes", length).hasSize(2);
        }
    }

    @Test
    void anEntryThatSomebodyElseAddedIsNeverTakenAway() throws Exception {
        ErasureLedger one = anew();
        ErasureLedger other = anew();
        one.after(0, null);
        other.after(0, null);
        one.append(entry(1));
        ErasureLedger.Head second = one.append(entry(2));
        byte[] before = Files.readAllBytes(ledger());

        assertThatThrownBy(() -> other.append(entry(1)))
                .isInstanceOf(VaultUnavailableException.class)
                .hasMessageContaining("by somebody else too");

        assertThat(ledger()).hasBinaryContent(before);
        assertThat(other.after(0, null)).hasSize(2);
        other.append(entry(3));
        assertThat(one.after(2, second.mac())).extracting(Entry::number).containsExactly(3L);
    }

    @Test
    void aFileThatBecameAnotherOneIsNeitherGoneOnWithNorAddedTo() throws Exception {
        ErasureLedger one = anew();
        one.after(0, null);
        one.append(entry(1));
        byte[] first = Files.readAllBytes(ledger());
        ErasureLedger.Head second = one.append(entry(2));
        Files.write(ledger(), first);
        ErasureLedger other = anew();
        other.after(0, null);
        other.append(entry(2));
        byte[] before = Files.readAllBytes(ledger());

        assertThatThrownBy(() -> one.append(entry(3))).isInstanceOf(VaultUnavailableException.class);
        assertThatThrownBy(() -> one.after(2, second.mac()))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining("lacks entry 2");
        assertThat(ledger()).hasBinaryContent(before);
    }

    @Test
    void aLastLineWithoutItsEndWasWrittenWholeAndIsRefused() throws Exception {
        vault.erasures().begin(game, ANNA);
        byte[] bytes = Files.readAllBytes(ledger());
        bytes[bytes.length - 1] ^= 1;
        Files.write(ledger(), bytes);

        // Also by a vault that has heard of nothing yet.
        assertThatThrownBy(() -> anew().after(0, null)).hasMessageContaining("damaged at entry 1");
    }

    private ErasureLedger anew() {
        return new ErasureLedger(folder.resolve("keys").resolve("ledger"), KeyDirectory.at(folder.resolve("keys")));
    }

    /** Each of somebody else. */
    private Entry entry(long number) {
        return new Entry(number, Instant.parse("2026-01-01T00:00:00Z"), Kind.BEGUN, game, UUID.randomUUID(), 1);
    }

    private Path ledger() {
        return folder.resolve("keys").resolve("ledger").resolve("erasures.ledger");
    }

    private Standing standing(PostgresVault of, PlayerId player) {
        return Objects.requireNonNull(of.admit(game, List.of(player)).get(player));
    }
}
