package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes the metrics: a batch and its checkpoint in one transaction, or nothing. Safe for concurrent use, a thread a
 * partition; a player's events must always come by the same partition.
 */
public final class MetricsWriter {

    private final DataSource dataSource;
    private final PostgresCheckpoints checkpoints;
    private final Terms terms = new Terms();
    private final @Nullable EventPartitions partitions;

    /**
     * @param dataSource of a database {@link MetricsSchema#migrate} has been run on
     * @param projection the projection's stable name, under which its checkpoints are kept
     */
    public MetricsWriter(DataSource dataSource, String projection) {
        this.dataSource = dataSource;
        this.checkpoints = new PostgresCheckpoints(MetricsSchema.NAME, projection);
        this.partitions =
                MetricsSchema.engine(dataSource) == MetricsSchema.Engine.POSTGRESQL ? new EventPartitions() : null;
    }

    /** An event that is not applied, by its place alone. */
    public record Parked(Position position, UUID stream, long sequence, String cause) {}

    /** The partition's checkpoint; absent before its first batch. */
    public @Nullable Checkpoint checkpoint(int partition) {
        try (Connection connection = dataSource.getConnection()) {
            return checkpoints.read(connection, partition);
        } catch (SQLException e) {
            throw new MetricsStoreException("checkpoint not read: partition=" + partition, e);
        }
    }

    /** Streams with parked events in the partition. */
    public Set<UUID> quarantined(int partition) {
        try (Connection connection = dataSource.getConnection()) {
            return checkpoints.quarantined(connection, partition);
        } catch (SQLException e) {
            throw new MetricsStoreException("quarantine not read: partition=" + partition, e);
        }
    }

    public MetricsBatch begin() {
        return new MetricsBatch();
    }

    /**
     * Writes the batch, the parked events and the checkpoint in one transaction.
     *
     * @param expected the checkpoint the batch began from; absent for the partition's first
     * @return false when another instance has moved the checkpoint: nothing was written
     */
    public boolean commit(
            MetricsBatch batch,
            int partition,
            @Nullable Checkpoint expected,
            Checkpoint next,
            Collection<Parked> parked) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            Flush flush = new Flush(batch);
            if (partitions != null) {
                partitions.ensure(connection, flush.instants());
            }
            flush.resolve(terms.numbers(connection, flush.terms()));
            connection.setAutoCommit(false);
            try {
                if (!checkpoints.compareAndSet(connection, partition, expected, next)) {
                    connection.rollback();
                    return false;
                }
                for (Parked event : parked) {
                    checkpoints.park(connection, partition, event.position, event.stream, event.sequence, event.cause);
                }
                lookUpByKey(connection);
                ChangeNotices.write(connection, partition, expected, next, batch, flush.write(connection));
                connection.commit();
                return true;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new MetricsStoreException("batch not written: partition=" + partition, e);
        }
    }

    /** Every join of a flush looks up keys; a planner that guesses a thousand rows would rather read whole tables. */
    private static void lookUpByKey(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off");
        }
    }
}
