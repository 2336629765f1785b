package io.gamemetrics.projections.metricsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.postgresql.ds.PGSimpleDataSource;

/** Nothing waits for the disk while a version is built: what its database loses with its power, checkpoint and rows lose together. */
class BuiltThroughACrashTest {

    private static final int BATCH = 50;
    private static final int BATCHES = 60;
    private static final long FROM_STORE = -1;

    private final PGSimpleDataSource database = new PGSimpleDataSource();

    BuiltThroughACrashTest() {
        database.setUrl(TestPostgres.newDatabase());
        MetricsSchema.migrate(database, 2);
    }

    @RepeatedTest(3)
    void checkpoint_and_rows_are_of_one_moment_and_the_rest_is_made_again() throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int killed = 1 + random.nextInt(BATCHES - 1);
        Checkpoint at = null;
        for (int batch = 0; batch < killed; batch++) {
            at = write(at, FROM_STORE);
        }
        TestPostgres.server().kill();
        TestPostgres.server().startAgain();

        Checkpoint kept = writer().checkpoint(0);
        long counted = kept == null ? 0 : kept.handledCount();
        assertThat(counted).as("seed %s", seed).isLessThanOrEqualTo((long) killed * BATCH);
        isCounted(counted);
        at = kept;
        while (at == null || at.handledCount() < (long) BATCHES * BATCH) {
            at = write(at, FROM_STORE);
        }
        // The stream takes over: from here on nothing is lost any more.
        write(at, 1);
        TestPostgres.server().kill();
        TestPostgres.server().startAgain();
        isCounted((BATCHES + 1L) * BATCH);
    }

    private MetricsWriter writer() {
        return new MetricsWriter(database, 2, "metrics");
    }

    private Checkpoint write(@Nullable Checkpoint expected, long nextOffset) {
        long from = expected == null ? 0 : expected.handledCount();
        Position to = new Position(1, from + BATCH);
        MetricsWriter writer = writer();
        MetricsBatch batch = writer.begin();
        batch.game(1, "g", ZoneOffset.UTC, "USD", true, new Position(1, 1));
        for (long event = from; event < from + BATCH; event++) {
            batch.add(new EventRow(
                    1,
                    (int) event % 7,
                    new UUID(0, event % 7),
                    event,
                    Instant.parse("2026-03-01T00:00:00Z").plusSeconds(event),
                    EventKind.AD_VIEWED,
                    null,
                    null,
                    null,
                    Map.of()));
        }
        Checkpoint next = new Checkpoint(to, Instant.EPOCH, nextOffset, from + BATCH, 0);
        assertThat(writer.commit(batch, 0, expected, next, List.of())).isTrue();
        return next;
    }

    private void isCounted(long events) throws SQLException {
        String sql = "SELECT (SELECT count(*) FROM event), (SELECT coalesce(sum(events), 0) FROM player_day),"
                + " (SELECT coalesce(sum(events), 0) FROM segment_day)";
        try (Connection connection = MetricsSchema.of(database, 2).connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            assertThat(List.of(row.getLong(1), row.getLong(2), row.getLong(3))).containsOnly(events);
        }
    }
}
