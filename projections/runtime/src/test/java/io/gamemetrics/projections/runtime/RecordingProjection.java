package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;

/** Keeps the positions it was given, in order, and its checkpoints, in memory. */
final class RecordingProjection implements Projection {

    private final String name;
    private final Runnable beforeCommit;
    private final Map<Integer, Written> partitions = new ConcurrentHashMap<>();

    RecordingProjection(String name) {
        this(name, () -> {});
    }

    private RecordingProjection(String name, Runnable beforeCommit) {
        this.name = name;
        this.beforeCommit = beforeCommit;
    }

    /** One that takes its time for each commit and now and then can't reach its store, as long as {@code isSlow} says so. */
    static RecordingProjection slow(String name, Random random, int mostMillis, BooleanSupplier isSlow) {
        return new RecordingProjection(name, () -> {
            if (isSlow.getAsBoolean()) {
                LockSupport.parkNanos(random.nextInt(mostMillis) * 1_000_000L);
                if (random.nextInt(15) == 0) {
                    throw new IllegalStateException(new SQLTransientConnectionException("not there for a moment"));
                }
            }
        });
    }

    private record Written(Checkpoint checkpoint, List<Position> positions) {}

    @Override
    public String name() {
        return name;
    }

    /** What it was given of a partition. */
    List<Position> positions(int partition) {
        Written here = partitions.get(partition);
        return here == null ? List.of() : here.positions();
    }

    /** As if its store were restored to when it was new. */
    void forgetEverything() {
        partitions.clear();
    }

    @Override
    public @Nullable Checkpoint checkpoint(int partition) {
        Written here = partitions.get(partition);
        return here == null ? null : here.checkpoint();
    }

    @Override
    public List<QuarantinedStream> quarantined(int partition) {
        return List.of();
    }

    @Override
    public List<ParkedEvent> parked(int partition, UUID stream, int most) {
        return List.of();
    }

    @Override
    public Batch begin(int partition) {
        return new Recording(partition);
    }

    /** Handlers and batch in one. */
    final class Recording implements Batch {

        private final int partition;
        private final List<Position> fresh = new ArrayList<>();

        private Recording(int partition) {
            this.partition = partition;
        }

        @EventHandler
        void on(TestEvent.Counted event, EventPlace place) {
            fresh.add(place.position());
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
            beforeCommit.run();
            partitions.compute(partition, (number, before) -> {
                if (!Objects.equals(expected, before == null ? null : before.checkpoint())) {
                    throw new CheckpointMovedException(name, partition);
                }
                List<Position> all = new ArrayList<>(before == null ? List.of() : before.positions());
                all.addAll(fresh);
                return new Written(next, List.copyOf(all));
            });
        }
    }
}
