package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    public List<QuarantinedStream> quarantined(int partition) {
        try (Connection connection = store.connect()) {
            return checkpoints.quarantined(connection, partition);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<ParkedEvent> parked(int partition, UUID stream, int most) {
        try (Connection connection = store.connect()) {
            return checkpoints.parked(connection, partition, stream, most);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Batch begin(int partition) {
        return new CountingBatch(partition);
    }

    /** Whether it takes away what it counted of who is erased. */
    boolean erases() {
        return true;
    }

    /** Adds up in memory. */
    final class CountingBatch implements Batch {

        private final int partition;
        private final Map<UUID, Counted> counts = new HashMap<>();
        private final Set<UUID> erased = new HashSet<>();

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

        @EventHandler
        void on(PlayerEvent.Erased event, EventPlace place) {
            if (erases()) {
                counts.remove(place.stream());
                erased.add(place.stream());
            }
        }

        @Override
        public Object handlers() {
            return this;
        }

        @Override
        public void commit(
                @Nullable Checkpoint expected,
                Checkpoint next,
                Collection<ParkedEvent> parked,
                Collection<ParkedEvent> released) {
            try (Connection connection = store.connect()) {
                connection.setAutoCommit(false);
                if (!checkpoints.compareAndSet(connection, partition, expected, next)
                        || !checkpoints.park(connection, partition, parked, released)) {
                    throw new CheckpointMovedException(name(), partition);
                }
                erase(connection);
                write(connection);
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void erase(Connection connection) throws SQLException {
            String sql = "DELETE FROM " + store.schema() + ".counted WHERE stream = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (UUID stream : erased) {
                    statement.setObject(1, stream);
                    statement.executeUpdate();
                    checkpoints.forget(connection, stream);
                }
            }
        }

        private void write(Connection connection) throws SQLException {
            String sql = "INSERT INTO " + store.schema()
                    + ".counted AS c (partition, stream, events, sequences, last, disorder) VALUES (?,?,?,?,?,?)"
                    + " ON CONFLICT (partition, stream) DO UPDATE SET events = c.events + excluded.events,"
                    + " sequences = c.sequences + excluded.sequences, last = greatest(c.last, excluded.last),"
                    + " disorder = c.disorder + excluded.disorder + CASE WHEN ? <= c.last THEN 1 ELSE 0 END";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (Map.Entry<UUID, Counted> count : counts.entrySet()) {
                    Counted counted = count.getValue();
                    statement.setInt(1, partition);
                    statement.setObject(2, count.getKey());
                    statement.setLong(3, counted.events);
                    statement.setLong(4, counted.sequences);
                    statement.setLong(5, counted.last);
                    statement.setLong(6, counted.disorder);
                    statement.setLong(7, counted.first);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }

        private void count(UUID stream, long sequence) {
            counts.computeIfAbsent(stream, key -> new Counted(sequence)).add(sequence);
        }
    }

    /** What a batch has of a stream. */
    private static final class Counted {
        private final long first;
        private long last = -1;
        private long events;
        private long sequences;
        private long disorder;

        private Counted(long first) {
            this.first = first;
        }

        private void add(long sequence) {
            disorder += sequence <= last ? 1 : 0;
            last = Math.max(last, sequence);
            events++;
            sequences += sequence;
        }
    }
}
