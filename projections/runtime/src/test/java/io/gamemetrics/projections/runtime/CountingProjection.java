package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;

/** A real projection, as small as can be. */
class CountingProjection implements Projection {

    private final CountingStore store;
    private final Reads reads;
    private final PostgresCheckpoints checkpoints;

    CountingProjection(CountingStore store) {
        this(store, Reads.EVERYTHING);
    }

    CountingProjection(CountingStore store, Reads reads) {
        this.store = store;
        this.reads = reads;
        this.checkpoints = new PostgresCheckpoints(store.schema(), "counting");
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public Reads reads() {
        return reads;
    }

    @Override
    public @Nullable Checkpoint checkpoint(int partition) {
        try (Connection connection = store.connect()) {
            return checkpoints.read(connection, partition);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Set<UUID> quarantined(int partition) {
        try (Connection connection = store.connect()) {
            return checkpoints.quarantined(connection, partition);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Batch begin(int partition) {
        return new CountingBatch(partition);
    }

    /** Adds up in memory. */
    final class CountingBatch implements Batch {

        private final int partition;
        private final Map<UUID, long[]> counts = new HashMap<>();

        CountingBatch(int partition) {
            this.partition = partition;
        }

        @EventHandler
        void on(TestEvent.Counted event, EventPlace place) {
            count(place.stream(), place.sequence());
        }

        @EventHandler
        void on(TestEvent.Configured event, EventPlace place) {
            count(place.stream(), place.sequence());
        }

        @EventHandler
        void on(TestEvent.FailsInHandler event, EventPlace place) {
            count(place.stream(), Long.parseLong(place.stream() + " is no number"));
        }

        @EventHandler
        void on(TestEvent.FailsInFlush event, EventPlace place) {
            count(place.stream(), -1_000_000);
        }

        @Override
        public Object handlers() {
            return this;
        }

        @Override
        public void commit(@Nullable Checkpoint expected, Checkpoint next, Collection<Parked> parked) {
            try (Connection connection = store.connect()) {
                connection.setAutoCommit(false);
                if (!checkpoints.compareAndSet(connection, partition, expected, next)) {
                    throw new CheckpointMovedException(name(), partition);
                }
                for (Parked each : parked) {
                    EventPlace place = each.place();
                    checkpoints.park(
                            connection, partition, place.position(), each.stream(), place.sequence(), each.cause());
                }
                write(connection);
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void write(Connection connection) throws SQLException {
            String sql =
                    "INSERT INTO " + store.schema() + ".counted AS c VALUES (?,?,?,?) ON CONFLICT (partition, stream)"
                            + " DO UPDATE SET events = c.events + excluded.events, sequences = c.sequences + excluded.sequences";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (Map.Entry<UUID, long[]> count : counts.entrySet()) {
                    statement.setInt(1, partition);
                    statement.setObject(2, count.getKey());
                    statement.setLong(3, count.getValue()[0]);
                    statement.setLong(4, count.getValue()[1]);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }

        private void count(UUID stream, long sequence) {
            long[] count = counts.computeIfAbsent(stream, key -> new long[2]);
            count[0]++;
            count[1] += sequence;
        }
    }
}
