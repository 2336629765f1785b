package io.gamemetrics.projections.livetail;

import io.gamemetrics.projections.livetailstore.LiveTailBatch;
import io.gamemetrics.projections.livetailstore.LiveTailStore;
import io.gamemetrics.projections.livetailstore.LiveTailWriter;
import io.gamemetrics.projections.runtime.CheckpointMovedException;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.Collection;
import java.util.List;
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
    public List<QuarantinedStream> quarantined(int partition) {
        return writer.quarantined(partition);
    }

    @Override
    public List<ParkedEvent> parked(int partition, UUID stream, int most) {
        return writer.parked(partition, stream, most);
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
            public void commit(
                    @Nullable Checkpoint expected,
                    Checkpoint next,
                    Collection<ParkedEvent> parked,
                    Collection<ParkedEvent> released) {
                if (!events.commit(expected, next, parked, released)) {
                    throw new CheckpointMovedException(name(), partition);
                }
            }
        };
    }
}
