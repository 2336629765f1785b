package io.gamemetrics.projections.livetail;

import io.gamemetrics.projections.livetailstore.LiveTailBatch;
import io.gamemetrics.projections.livetailstore.LiveTailStore;
import io.gamemetrics.projections.livetailstore.LiveTailWriter;
import io.gamemetrics.projections.runtime.CheckpointMovedException;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps the latest events of every game. Safe for concurrent use, a thread a partition. */
public final class LiveTailProjection implements Projection {

    private final LiveTailWriter writer;

    public LiveTailProjection(LiveTailWriter writer) {
        this.writer = writer;
    }

    @Override
    public String name() {
        return LiveTailStore.PROJECTION;
    }

    @Override
    public @Nullable Checkpoint checkpoint(int partition) {
        return writer.checkpoint(partition);
    }

    @Override
    public Set<UUID> quarantined(int partition) {
        return writer.quarantined(partition);
    }

    @Override
    public Batch begin(int partition) {
        LiveTailBatch events = writer.begin(partition);
        LiveTailHandlers handlers = new LiveTailHandlers(events);
        return new Batch() {
            @Override
            public Object handlers() {
                return handlers;
            }

            @Override
            public void commit(@Nullable Checkpoint expected, Checkpoint next, Collection<Parked> parked) {
                for (Parked event : parked) {
                    events.park(
                            event.place().position(),
                            event.stream(),
                            event.place().sequence(),
                            event.cause());
                }
                if (!events.commit(expected, next)) {
                    throw new CheckpointMovedException(name(), partition);
                }
            }
        };
    }
}
