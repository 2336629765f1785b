package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.SealedName;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.KeyHash;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.projections.gamesstore.GamesBatch;
import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.projections.gamesstore.GamesWriter;
import io.gamemetrics.projections.metricsstore.MetricsBatch;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.playersstore.PlayersBatch;
import io.gamemetrics.projections.playersstore.PlayersSchema;
import io.gamemetrics.projections.playersstore.PlayersWriter;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.money.RevenueKind;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Players over the real vault and the real tables: a guest, who became an account, and somebody who was erased. */
class RealPlayersTest {

    private static final GameId GAME = new GameId("intendo");
    private static final Instant NOW = Instant.parse("2015-01-01T23:30:00Z");
    private static final Instant LATER = NOW.plusSeconds(86_400);
    private static final String DATABASE = TestPostgres.newDatabase();
    private static final String PLAYER = "player(id: \"%s\") { id displayName firstDay lastSeen sessions sessionSeconds"
            + " meanSessionSeconds purchases achievements acquisition platform country appVersion"
            + " revenue { totalMicros iapMicros byCurrency { currency totalMicros } unconverted { currency } } }";

    @TempDir
    static Path keys;

    private static PGSimpleDataSource database;
    private static PostgresVault vault;
    private static QueryService service;
    private static UUID account;
    private static UUID guest;
    private static UUID erased;

    @BeforeAll
    static void start() {
        database = new PGSimpleDataSource();
        database.setUrl(DATABASE);
        vault = PostgresVault.open(database, KeyDirectory.at(keys));
        account = made("anna@example.org");
        guest = made("guest-1");
        erased = made("gone");
        GamesStore.migrate(database);
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        GamesBatch batch = new GamesWriter(database).begin(0);
        batch.gameCreated(GAME, 1, "Intendo", berlin, Currency.getInstance("USD"), "ANY_EVENT", "LIVE", NOW);
        batch.keyIssued(GAME, "k1", "READ", null, KeyHash.of("gmk_read_k1"), NOW, null);
        batch.commit(null, checkpoint(10));
        MetricsSchema.migrate(database);
        MetricsWriter metrics = new MetricsWriter(database, "metrics");
        MetricsBatch rows = metrics.begin();
        rows.game(1, "intendo", berlin, "USD", true, new Position(7, 1));
        metrics.commit(rows, 0, null, checkpoint(10), List.of());
        PlayersSchema.migrate(database);
        PlayersWriter writer = new PlayersWriter(database);
        PlayersBatch players = writer.begin();
        players.game(1, "intendo", berlin, "USD", true, new Position(7, 1));
        players.player(1, guest).seen(NOW, 0, "ios", "SE", "1.0").sessionStarted(NOW);
        players.player(1, guest).sessionLength(90_500);
        players.player(1, guest).registered(NOW, 1, sealed(guest, "Änne"), "friend");
        players.player(1, guest).linkedTo(account);
        players.player(1, account).seen(LATER, 0, "android", null, null).purchased();
        players.player(1, account).achieved();
        players.money(account, RevenueKind.IN_APP, "USD", 4_990_000, LATER);
        players.money(account, RevenueKind.IN_APP, "EUR", 1_000_000, LATER);
        players.player(1, erased).seen(NOW, 0, null, null, null);
        writer.commit(players, 0, null, checkpoint(20), List.of());
        vault.destroy(erased);
        service = QueryService.startOn(
                DATABASE, Map.of("gamemetrics.kafka.partitions", "1", "gamemetrics.key-dir", keys.toString()));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void the_games_backend_finds_the_person_by_either_id_with_all_their_history() throws Exception {
        for (String id : List.of("anna@example.org", "guest-1")) {
            JsonNode player = ask("gmk_read_k1", "", PLAYER.formatted(id)).at("/data/game/player");
            assertThat(player.path("id").asText()).isEqualTo("anna@example.org");
            assertThat(player.path("displayName").asText()).isEqualTo("Änne");
            assertThat(player.path("firstDay").asText()).as("in Berlin").isEqualTo("2015-01-02");
            assertThat(player.path("lastSeen").asText()).isEqualTo("2015-01-02T23:30:00Z");
            assertThat(player.path("sessions").asLong()).isEqualTo(1);
            assertThat(player.path("sessionSeconds").asText()).isEqualTo("90.500");
            assertThat(player.path("meanSessionSeconds").asText()).isEqualTo("90.500000");
            assertThat(player.path("purchases").asLong()).isEqualTo(1);
            assertThat(player.path("achievements").asLong()).isEqualTo(1);
            assertThat(player.path("acquisition").asText()).isEqualTo("friend");
            assertThat(player.path("platform").asText()).isEqualTo("android");
            assertThat(player.path("country").asText()).isEqualTo("SE");
            assertThat(player.path("appVersion").asText()).isEqualTo("1.0");
            assertThat(player.at("/revenue/totalMicros").asText()).isEqualTo("4990000");
            assertThat(player.at("/revenue/byCurrency")).hasSize(2);
            assertThat(player.at("/revenue/unconverted/0/currency").asText()).isEqualTo("EUR");
        }
    }

    @Test
    void an_analyst_asks_by_pseudonym_and_sees_no_id_and_no_name() throws Exception {
        String analyst = QueryService.token("intendo", Role.ANALYST);
        JsonNode player = ask(analyst, "", PLAYER.formatted(guest)).at("/data/game/player");
        assertThat(player.path("id").asText()).isEqualTo(account.toString());
        assertThat(player.path("displayName").isNull()).isTrue();
        assertThat(player.path("sessions").asLong()).isEqualTo(1);
        assertThat(ask(analyst, "", PLAYER.formatted("guest-1"))
                        .at("/data/game/player")
                        .isNull())
                .isTrue();
    }

    @Test
    void what_support_reads_is_audited_field_by_field_and_without_an_audit_nothing_is_told() throws Exception {
        String support = QueryService.token("intendo", Role.SUPPORT);
        assertThat(ask(support, "", "player(id: \"guest-1\") { sessions }").has("errors"))
                .isFalse();
        assertThat(audited()).isEqualTo("LOOK_UP");
        assertThat(ask(support, "", PLAYER.formatted("guest-1"))
                        .at("/data/game/player/displayName")
                        .asText())
                .isEqualTo("Änne");
        assertThat(audited()).isEqualTo("LOOK_UP,LOOK_UP,PLAYER_ID,DISPLAY_NAME");
        execute("ALTER TABLE read_audit ADD CONSTRAINT broken CHECK (false) NOT VALID");
        try {
            JsonNode refused = ask(support, "", PLAYER.formatted("guest-1"));
            assertThat(QueryService.code(refused)).isEqualTo("UNAVAILABLE");
            assertThat(refused.at("/data/game/player").isNull()).isTrue();
        } finally {
            execute("ALTER TABLE read_audit DROP CONSTRAINT broken");
        }
    }

    @Test
    void whoever_was_erased_and_whoever_never_was_look_the_same() throws Exception {
        for (String id : List.of("gone", "nobody", "", "x".repeat(200))) {
            JsonNode answer = ask("gmk_read_k1", "", PLAYER.formatted(id));
            assertThat(answer.at("/data/game/player").isNull()).as(id).isTrue();
            assertThat(answer.has("errors")).isFalse();
        }
        String analyst = QueryService.token("intendo", Role.ANALYST);
        assertThat(ask(analyst, "", PLAYER.formatted(erased))
                        .at("/data/game/player")
                        .isNull())
                .isTrue();
    }

    @Test
    void minPosition_waits_for_what_the_query_reads_and_for_nothing_else() throws Exception {
        String player = "player(id: \"guest-1\") { sessions }";
        String numbers = "activePlayers(day: \"2015-01-01\") { dau }";
        assertThat(ask("gmk_read_k1", at(20), player).has("errors")).isFalse();
        assertThat(ask("gmk_read_k1", at(10), numbers + player).has("errors")).isFalse();
        assertThat(QueryService.code(ask("gmk_read_k1", at(21), player))).isEqualTo("PROJECTION_BEHIND");
        assertThat(QueryService.code(ask("gmk_read_k1", at(20), numbers))).isEqualTo("PROJECTION_BEHIND");
        assertThat(QueryService.code(
                        ask("gmk_read_k1", at(20), "a: " + player + " ... on Game { b: " + numbers + " }")))
                .as("by alias and in a fragment")
                .isEqualTo("PROJECTION_BEHIND");
        assertThat(QueryService.code(ask("gmk_read_k1", ", minPosition: \"6.1\", waitMillis: 100", player)))
                .isEqualTo("POSITION_TOO_OLD");
    }

    private static String at(int position) {
        return ", minPosition: \"7." + position + "\", waitMillis: 100";
    }

    private static JsonNode ask(String token, String arguments, String fields) throws Exception {
        return service.ask(token, "{ game(id: \"intendo\"" + arguments + ") { " + fields + " } }");
    }

    private static UUID made(String id) {
        PlayerId player = new PlayerId(id);
        return Objects.requireNonNull(
                        vault.subjects(vault.gameNumber(GAME), List.of(player)).get(player))
                .pseudonym()
                .value();
    }

    private static byte[] sealed(UUID player, String name) {
        return SealedName.seal(
                Objects.requireNonNull(vault.keys(List.of(player)).get(player)), name);
    }

    private static Checkpoint checkpoint(long number) {
        return new Checkpoint(new Position(7, number), NOW, 1, 0, 0);
    }

    private static String audited() throws SQLException {
        try (var connection = DriverManager.getConnection(DATABASE);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT string_agg(field, ',' ORDER BY number) FROM read_audit")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(DATABASE);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
