package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.KeyHash;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.projections.gamesstore.GamesBatch;
import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.projections.gamesstore.GamesWriter;
import io.gamemetrics.projections.metricsstore.MetricsBatch;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.playersstore.PlayersSchema;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class RealStoresTest {

    private static final GameId GAME = new GameId("intendo");
    private static final Instant NOW = Instant.parse("2015-01-02T00:00:00Z");
    private static final int PARTITIONS = 2;
    private static final String QUERY =
            "{ game(id: \"intendo\", minPosition: \"7.%d\", waitMillis: 200) { freshness { position }"
                    + " dailyMetrics(from: \"2015-01-01\", to: \"2015-01-02\") { dau } eventNames { name } } }";
    private static final String DATABASE = TestPostgres.newDatabase();
    private static PGSimpleDataSource database;
    private static QueryService service;

    @BeforeAll
    static void start() {
        database = new PGSimpleDataSource();
        database.setUrl(DATABASE);
        service = QueryService.startOn(
                DATABASE,
                Map.of("gamemetrics.query.time-limit", "3s", "gamemetrics.kafka.partitions", "" + PARTITIONS));
        assertThat(health()).isEqualTo(503);
        GamesStore.migrate(database);
        MetricsSchema.migrate(database);
        PlayersSchema.migrate(database);
        GamesWriter games = new GamesWriter(database);
        GamesBatch batch = games.begin(0);
        batch.gameCreated(
                GAME, 1, "Intendo", ZoneOffset.UTC, Currency.getInstance("USD"), "SESSION_START", "LIVE", NOW);
        batch.keyIssued(GAME, "k1", "READ", null, KeyHash.of("gmk_read_k1"), NOW, null);
        batch.keyIssued(GAME, "k2", "READ", null, KeyHash.of("gmk_read_k2"), NOW, NOW.plusSeconds(1));
        batch.keyIssued(GAME, "k3", "READ", null, KeyHash.of("gmk_read_k3"), NOW, null);
        batch.keyRevoked(GAME, "k3", NOW);
        batch.keyIssued(GAME, "k4", "INGEST", null, KeyHash.of("gmk_ingest_k4"), NOW, null);
        assertThat(batch.commit(null, new Checkpoint(new Position(7, 10), NOW, 1, 0, 0)))
                .isTrue();
        MetricsWriter metrics = new MetricsWriter(database, "metrics");
        for (int partition = 0; partition < PARTITIONS; partition++) {
            MetricsBatch rows = metrics.begin();
            rows.game(1, "intendo", ZoneOffset.UTC, "USD", false, new Position(7, 1));
            Checkpoint checkpoint = new Checkpoint(new Position(7, 10L + partition), NOW, 1, 0, 0);
            assertThat(metrics.commit(rows, partition, null, checkpoint, List.of()))
                    .isTrue();
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void the_service_is_healthy_once_its_stores_answer() {
        assertThat(health()).isEqualTo(200);
    }

    @Test
    void a_read_key_reads_up_to_the_least_of_the_partitions_positions() throws Exception {
        JsonNode answer = service.ask("gmk_read_k1", QUERY.formatted(10));
        assertThat(answer.has("errors")).isFalse();
        assertThat(answer.at("/data/game/freshness/position").asText()).isEqualTo("7.10");
        assertThat(answer.at("/data/game/dailyMetrics")).hasSize(2);
        assertThat(QueryService.code(service.ask("gmk_read_k1", QUERY.formatted(11))))
                .isEqualTo("PROJECTION_BEHIND");
    }

    @Test
    void keys_that_expired_or_were_revoked_or_never_existed_open_nothing() throws Exception {
        for (String key : List.of("gmk_read_k2", "gmk_read_k3", "gmk_read_k5")) {
            assertThat(service.post(key, "{}").statusCode()).as(key).isEqualTo(401);
        }
        assertThat(QueryService.code(service.ask("gmk_ingest_k4", QUERY.formatted(10))))
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void a_database_that_does_not_answer_is_a_timeout_and_the_query_ends_there_too() throws Exception {
        try (Connection connection = DriverManager.getConnection(DATABASE);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE metrics.game IN ACCESS EXCLUSIVE MODE");
            long start = System.nanoTime();
            String token = QueryService.token("*", Role.ANALYST);
            assertThat(QueryService.code(service.ask(token, QUERY.formatted(10))))
                    .isEqualTo("TIMEOUT");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            while (isAnyoneWaiting(statement)) {
                Thread.onSpinWait();
            }
            connection.rollback();
        }
        assertThat(service.ask("gmk_read_k1", QUERY.formatted(10)).has("errors"))
                .isFalse();
    }

    private static boolean isAnyoneWaiting(Statement statement) throws SQLException {
        try (var rows = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
            rows.next();
            return rows.getInt(1) > 0;
        }
    }

    private static int health() {
        try {
            HttpResponse<String> answer = service.send(service.to("/actuator/health"));
            return answer.statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
