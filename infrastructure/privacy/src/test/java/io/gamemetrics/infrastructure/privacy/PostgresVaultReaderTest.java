package io.gamemetrics.infrastructure.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.privacy.VaultReader.Identity;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresVaultReaderTest {

    private static final AtomicInteger GAMES = new AtomicInteger();
    private static final PlayerId ANNA = new PlayerId("anna@example.org");
    private static final PlayerId BERT = new PlayerId("bert");
    private static final String URL = TestPostgres.newDatabase();
    private static final HikariDataSource OWNER = new HikariDataSource();
    private static final HikariDataSource QUERY_SIDE = new HikariDataSource();

    @TempDir
    static Path folder;

    private static PostgresVault vault;

    private final AtomicLong nanos = new AtomicLong();
    private final GameId game = new GameId("intendo-" + GAMES.incrementAndGet());
    private final PostgresVaultReader reader = reader();

    /** The reader's user may do what the documentation grants it, and nothing else. */
    @BeforeAll
    static void create() throws SQLException {
        OWNER.setJdbcUrl(URL);
        vault = PostgresVault.open(OWNER, KeyDirectory.at(folder.resolve("keys")));
        execute("CREATE ROLE query_side LOGIN PASSWORD 'secret'");
        execute("GRANT SELECT ON game, subject, key_epoch, vault TO query_side");
        execute("GRANT SELECT ON request_key, request_standing, certificate, audit_chain, erased_player TO query_side");
        execute("GRANT INSERT ON read_audit TO query_side");
        QUERY_SIDE.setJdbcUrl(URL.substring(0, URL.indexOf('?')));
        QUERY_SIDE.setUsername("query_side");
        QUERY_SIDE.setPassword("secret");
    }

    @AfterAll
    static void close() {
        QUERY_SIDE.close();
        OWNER.close();
    }

    private PostgresVaultReader reader() {
        return new PostgresVaultReader(
                QUERY_SIDE, KeyDirectory.at(folder.resolve("keys")), folder.resolve("keys/ledger"), nanos::get);
    }

    @Test
    void bothWaysLeadToTheOther() {
        Pseudonym anna = made(ANNA);
        Pseudonym bert = made(BERT);

        assertThat(reader.find(game, ANNA)).contains(anna);
        Map<Pseudonym, Identity> found =
                reader().identities(game, List.of(anna, bert, new Pseudonym(UUID.randomUUID())));
        assertThat(found).containsOnlyKeys(anna, bert);
        assertThat(identity(found, anna).playerId()).isEqualTo(ANNA);
        assertThat(identity(found, bert).key())
                .isEqualTo(vault.keys(List.of(bert.value())).get(bert.value()));
        assertThat(reader.identities(game, List.of(anna, bert))).isEqualTo(found);
    }

    @Test
    void lookingUpMakesNeitherAGameNorAPlayer() throws Exception {
        assertThat(reader.find(game, ANNA)).isEmpty();
        assertThat(reader.identities(game, List.of(new Pseudonym(UUID.randomUUID()))))
                .isEmpty();
        assertThat(vault.findGameNumber(game)).isEmpty();

        int number = vault.gameNumber(game);
        assertThat(reader.find(game, ANNA)).isEmpty();
        assertThat(vault.findSubjects(number, List.of(ANNA))).isEmpty();
        assertThat(reader.find(game, ANNA)).isEmpty();
        made(ANNA);
        assertThat(reader.find(game, ANNA)).as("absence is not kept").isPresent();
    }

    @Test
    void aPlayerOfAnotherGameIsNobodyHere() {
        Pseudonym anna = made(ANNA);
        GameId other = new GameId(game + "-other");
        vault.gameNumber(other);

        assertThat(reader.find(other, ANNA)).isEmpty();
        assertThat(reader.identities(game, List.of(anna))).containsOnlyKeys(anna);
        assertThat(reader.identities(other, List.of(anna)))
                .as("on lease or not")
                .isEmpty();
        assertThat(reader().identities(other, List.of(anna))).isEmpty();
    }

    @Test
    void aVaultThatWasPutBackShowsNobodyBeforeItHasHeardOfEveryErasure() throws Exception {
        Path keys = folder.resolve("restored-keys");
        try (HikariDataSource before = new HikariDataSource()) {
            before.setJdbcUrl(TestPostgres.newDatabase());
            before.setMaximumPoolSize(4);
            PostgresVault opened = PostgresVault.open(before, KeyDirectory.at(keys));
            int number = opened.gameNumber(game);
            opened.subjects(number, List.of(ANNA, BERT));
            UUID anna = opened.findSubjects(number, List.of(ANNA)).values().stream()
                    .findFirst()
                    .orElseThrow()
                    .pseudonym()
                    .value();
            VaultBackup backup = VaultBackup.of(before);
            opened = PostgresVault.open(before, KeyDirectory.at(keys));
            opened.erasures().begin(number, ANNA);
            opened.erasures().destroy(number, ANNA, anna);
            try (HikariDataSource old = backup.restored()) {
                PostgresVaultReader early = new PostgresVaultReader(old, KeyDirectory.at(keys));

                assertThatThrownBy(() -> early.identities(game, List.of(new Pseudonym(anna))))
                        .isInstanceOf(VaultUnavailableException.class)
                        .hasMessageContaining("has not heard of every erasure");

                PostgresVault.open(old, KeyDirectory.at(keys));
                assertThat(early.identities(game, List.of(new Pseudonym(anna)))).isEmpty();
                assertThat(early.find(game, BERT)).isPresent();
            }
        }
    }

    @Test
    void whoCannotSeeTheLedgerOfAVaultThatHasHeardOfOneIsToldSo() {
        int number = vault.gameNumber(game);
        vault.erasures().begin(number, ANNA);
        PostgresVaultReader blind = new PostgresVaultReader(
                QUERY_SIDE, KeyDirectory.at(folder.resolve("keys")), folder.resolve("elsewhere"), nanos::get);

        assertThatThrownBy(() -> blind.find(game, BERT))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining("GAMEMETRICS_LEDGER_DIR");
    }

    @Test
    void anErasedPlayerIsAbsentWhenTheLeaseIsOverHoweverOftenItIsUsed() {
        Pseudonym anna = made(ANNA);
        reader.find(game, ANNA);
        vault.destroy(anna.value());

        for (int second = 0; second < 9; second++) {
            nanos.addAndGet(1_000_000_000L);
            assertThat(reader.find(game, ANNA)).as("leased").isPresent();
            assertThat(reader.identities(game, List.of(anna))).hasSize(1);
        }
        nanos.addAndGet(1_000_000_000L);
        assertThat(reader.find(game, ANNA)).isEmpty();
        assertThat(reader.identities(game, List.of(anna))).isEmpty();
    }

    @Test
    void aNameOpensForItsPlayerOnly() throws Exception {
        Map<Pseudonym, Identity> found = reader.identities(game, List.of(made(ANNA), made(BERT)));
        DataKey anna = identity(found, made(ANNA)).key();
        DataKey bert = identity(found, made(BERT)).key();

        byte[] sealed = SealedName.seal(anna, "Änne 🎮");

        assertThat(SealedName.open(anna, sealed)).isEqualTo("Änne 🎮");
        assertThatThrownBy(() -> SealedName.open(bert, sealed)).isInstanceOf(UnreadableEnvelopeException.class);
    }

    @Test
    void anotherVaultsKeysAreRefusedAndNoneAreMade() {
        KeyDirectory none = KeyDirectory.at(folder.resolve("none"));
        PostgresVaultReader stranger = new PostgresVaultReader(QUERY_SIDE, none);

        assertThatThrownBy(() -> stranger.find(game, ANNA))
                .isInstanceOf(KeysRefusedException.class)
                .hasMessageContaining("does not hold");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void aVaultNobodyOpenedYetIsUnavailableAndLeftAsItIs() throws Exception {
        try (HikariDataSource empty = new HikariDataSource()) {
            empty.setJdbcUrl(TestPostgres.newDatabase());
            PostgresVaultReader early = new PostgresVaultReader(empty, KeyDirectory.at(folder.resolve("early")));
            assertThatThrownBy(early::requireKeys).isInstanceOf(VaultUnavailableException.class);
            PostgresVault.migrate(empty);
            assertThatThrownBy(early::requireKeys).isInstanceOf(VaultUnavailableException.class);
            PostgresVault.open(empty, KeyDirectory.at(folder.resolve("early")));
            early.requireKeys();
        }
    }

    @Test
    void aReadIsRecordedForGood() throws Exception {
        Pseudonym anna = made(ANNA);
        List<Pseudonym> many = Stream.generate(() -> new Pseudonym(UUID.randomUUID()))
                .limit(2 * PostgresReadAudit.MOST_IN_A_ROW + 1)
                .toList();
        PostgresReadAudit audit = new PostgresReadAudit(QUERY_SIDE);

        audit.record("support@studio", game, ReadAudit.Field.PLAYER_ID, List.of(anna, anna));
        audit.record("support@studio", game, ReadAudit.Field.DISPLAY_NAME, many);
        audit.record("support@studio", game, ReadAudit.Field.LOOK_UP, List.of());

        assertThat(rows()).as("one row, then three, then none").isEqualTo(4);
        assertThat(count(
                        "SELECT count(*) FROM read_audit WHERE reader = 'support@studio' AND field = 'PLAYER_ID' AND game = '"
                                + game + "' AND pseudonyms = '{" + anna
                                + "}' AND read_at > now() - interval '1 minute'"))
                .isOne();
        for (String change :
                List.of("UPDATE read_audit SET reader = 'nobody'", "DELETE FROM read_audit", "TRUNCATE read_audit")) {
            assertThatThrownBy(() -> execute(change)).hasMessageContaining("append-only");
        }
        assertThat(rows()).isEqualTo(4);
    }

    @Test
    void aReadThatCannotBeRecordedIsToldToTheCaller() throws Exception {
        PostgresReadAudit audit = new PostgresReadAudit(QUERY_SIDE);
        List<Pseudonym> anna = List.of(made(ANNA));
        assertThatThrownBy(() -> audit.record(" ", game, ReadAudit.Field.LOOK_UP, anna))
                .isInstanceOf(IllegalArgumentException.class);
        execute("REVOKE INSERT ON read_audit FROM query_side");
        try {
            assertThatThrownBy(() -> audit.record("x", game, ReadAudit.Field.LOOK_UP, anna))
                    .isInstanceOf(VaultUnavailableException.class)
                    .hasNoCause();
        } finally {
            execute("GRANT INSERT ON read_audit TO query_side");
        }
    }

    @Test
    void requestsAndTheirAuditAreReadWithTheSameRights() {
        UUID request = UUID.randomUUID();
        vault.requestSecrets().put(request, "intake", new byte[] {1});
        vault.audit().append("request.receive", request, null, "anna@example.org");
        vault.erasures().begin(vault.gameNumber(game), ANNA);
        SubjectRequestsReader requests = new SubjectRequestsReader(QUERY_SIDE);

        assertThat(requests.request(null, request))
                .hasValueSatisfying(seen -> assertThat(seen.subjectsKept()).isTrue());
        assertThat(requests.requests(null, null, 1_000))
                .contains(requests.request(null, request).orElseThrow());
        assertThat(requests.steps(List.of(request), 2).get(request))
                .isEqualTo(requests.trail(request, 0, 2))
                .hasSize(1);
        assertThat(requests.erased()).anySatisfy(erased -> {
            assertThat(erased.gameId()).isEqualTo(game.value());
            assertThat(erased.erasures()).isEqualTo(1);
        });
    }

    private int rows() throws SQLException {
        return count("SELECT count(*) FROM read_audit WHERE game = '" + game + "'");
    }

    private static int count(String query) throws SQLException {
        try (var connection = OWNER.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = OWNER.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Pseudonym made(PlayerId player) {
        return Objects.requireNonNull(
                        vault.subjects(vault.gameNumber(game), List.of(player)).get(player))
                .pseudonym();
    }

    private static Identity identity(Map<Pseudonym, Identity> found, Pseudonym pseudonym) {
        return Objects.requireNonNull(found.get(pseudonym));
    }
}
