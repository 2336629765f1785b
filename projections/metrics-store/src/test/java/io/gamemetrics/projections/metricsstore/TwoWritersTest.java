package io.gamemetrics.projections.metricsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Two processes write the same day at the same time: the first has written all but its last table, the second comes. What
 * both read before they write, the second must read when the first is done.
 */
class TwoWritersTest {

    private static final GameId GAME = new GameId("shared");
    private static final LocalDate DAY = LocalDate.parse("2026-03-20");
    private static final Instant NOON = Instant.parse("2026-03-20T12:00:00Z");
    private static final int GUEST = 3;
    private static final int PERSON = 4;

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final Map<Integer, Checkpoint> checkpoints = new ConcurrentHashMap<>();
    private MetricsWriter first;
    private MetricsWriter second;

    /** A guest on partition 0 who is the same as a person on partition 1; the person has come and gone on the day. */
    @BeforeEach
    void begin() {
        database.setUrl(TestPostgres.newDatabase());
        MetricsSchema.migrate(database);
        first = new MetricsWriter(database, "metrics");
        second = new MetricsWriter(database, "metrics");
        MetricsBatch batch = first.begin();
        batch.game(1, GAME.value(), ZoneOffset.UTC, "USD", true, new Position(1, 1));
        commit(first, 0, batch);
        batch = first.begin();
        batch.linked(1, GUEST, PERSON, new UUID(1, PERSON));
        commit(first, 0, batch);
        batch = second.begin();
        batch.add(event(PERSON, 0, NOON, EventKind.SESSION_STARTED, "windows"));
        commit(second, 1, batch);
    }

    private static EventRow event(int player, long sequence, Instant at, EventKind kind, String platform) {
        return new EventRow(1, player, new UUID(1, player), sequence, at, kind, platform, null, null, Map.of());
    }

    private void commit(MetricsWriter writer, int partition, MetricsBatch batch) {
        Checkpoint expected = checkpoints.get(partition);
        long number = expected == null ? 1 : expected.position().number() + 1;
        Checkpoint next = new Checkpoint(new Position(1, number), NOON, number, number, number);
        assertThat(writer.commit(batch, partition, expected, next, List.of())).isTrue();
        checkpoints.put(partition, next);
    }

    /** The first, of sessions, is held at the names of events; the second, of other kinds, comes and has to wait too. */
    private void bothAtOnce(EventRow session, EventRow other) throws SQLException {
        MetricsBatch one = first.begin();
        one.add(session);
        MetricsBatch two = second.begin();
        two.add(other);
        CompletableFuture<Void> both;
        try (Connection hold = database.getConnection();
                Statement statement = hold.createStatement()) {
            hold.setAutoCommit(false);
            statement.execute(
                    "SELECT FROM metrics.event_name WHERE kind = " + EventKind.SESSION_STARTED.code() + " FOR UPDATE");
            CompletableFuture<Void> held =
                    CompletableFuture.runAsync(() -> commit(first, 0, one), Thread::startVirtualThread);
            waitUntilWaiting(1);
            both = CompletableFuture.allOf(
                    held, CompletableFuture.runAsync(() -> commit(second, 1, two), Thread::startVirtualThread));
            waitUntilWaiting(2);
            hold.commit();
        }
        both.join();
    }

    /** Asks on a connection of its own: within a transaction the answer would always be the same. */
    private void waitUntilWaiting(int writers) throws SQLException {
        int waiting = 0;
        while (waiting < writers) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
                row.next();
                waiting = row.getInt(1);
            }
        }
    }

    @Test
    void what_both_say_of_one_person_is_kept() throws SQLException {
        bothAtOnce(
                event(GUEST, 0, NOON.minusSeconds(90_000), EventKind.SESSION_STARTED, "ios"),
                event(PERSON, 1, NOON.plusSeconds(9), EventKind.PURCHASE, "android")
                        .money("USD", 5));

        MetricsReader reader = MetricsReader.on(database, 2);
        Filter payers = new Filter(
                Filter.ALL.platforms(),
                Filter.ALL.countries(),
                Filter.ALL.appVersions(),
                Filter.ALL.experiments(),
                Filter.ALL.acquisitions(),
                DAY.minusDays(1),
                DAY.minusDays(1),
                true);
        assertThat(reader.summary(GAME, DAY.minusDays(1), DAY, payers).sessions())
                .as("who paid, says the second, came the day before, says the first")
                .isEqualTo(2);
    }

    @Test
    void both_add_a_player_to_one_day() throws SQLException {
        bothAtOnce(
                event(7, 0, NOON, EventKind.SESSION_STARTED, "ios"),
                event(8, 0, NOON, EventKind.ACHIEVEMENT_UNLOCKED, "android"));

        assertThat(MetricsReader.on(database, 2).activePlayers(GAME, DAY).dau()).isEqualTo(3);
    }
}
