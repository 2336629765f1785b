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
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Questions find an index on each month of events, whichever way a version came to be. */
class KindIndexTest {

    private static final long FROM_STORE = -1;

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private long number;

    KindIndexTest() {
        database.setUrl(TestPostgres.newDatabase());
    }

    @Test
    void the_first_version_has_it_from_the_beginning() throws SQLException {
        MetricsSchema.migrate(database, 1);
        write(1, 0, null, FROM_STORE);

        assertThat(indexes(1)).isEqualTo(2);
    }

    @Test
    void a_version_that_is_built_gets_it_when_the_stream_takes_over() throws SQLException {
        MetricsSchema.migrate(database, 2);
        Checkpoint built = write(2, 0, null, FROM_STORE);
        assertThat(indexes(2)).as("the table's and its month's").isZero();

        // What another process does that opens it now.
        MetricsSchema.migrate(database, 2);
        write(2, 0, built, 17);
        assertThat(indexes(2)).isEqualTo(2);

        MetricsSchema.migrate(database, 2);
        assertThat(indexes(2)).isEqualTo(2);
    }

    @Test
    void one_whose_process_ended_before_it_was_made_gets_it_by_the_next() throws SQLException {
        MetricsSchema.migrate(database, 2);
        Checkpoint followed = write(2, 0, write(2, 0, null, FROM_STORE), 17);
        try (Connection connection = MetricsSchema.of(database, 2).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP INDEX event_kind");
        }
        write(2, 0, followed, 18);

        assertThat(indexes(2)).isEqualTo(2);
    }

    private Checkpoint write(int version, int partition, @Nullable Checkpoint expected, long nextOffset) {
        number++;
        Position at = new Position(1, number);
        Checkpoint next = new Checkpoint(at, Instant.EPOCH, nextOffset, number, 0);
        // Each time by a process of its own.
        MetricsWriter writer = new MetricsWriter(database, version, "metrics");
        MetricsBatch batch = writer.begin();
        batch.game(1, "g", ZoneId.of("UTC"), "USD", true, at);
        batch.add(new EventRow(
                1,
                1,
                new UUID(0, 1),
                number,
                Instant.parse("2026-03-01T00:00:00Z"),
                EventKind.AD_VIEWED,
                null,
                null,
                null,
                Map.of()));
        assertThat(writer.commit(batch, partition, expected, next, List.of())).isTrue();
        return next;
    }

    private int indexes(int version) throws SQLException {
        String sql = "SELECT count(*) FROM pg_indexes WHERE schemaname = current_schema()"
                + " AND indexdef LIKE '%(game, kind, occurred_at)'";
        try (Connection connection = MetricsSchema.of(database, version).connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
