package io.gamemetrics.projections.livetail;

import io.gamemetrics.projections.livetailstore.LiveTailBatch;
import io.gamemetrics.projections.livetailstore.LiveTailStore;
import io.gamemetrics.projections.livetailstore.LiveTailWriter;
import io.gamemetrics.projections.runtime.StoredProjection;

/** Keeps the latest events of every game. Safe for concurrent use, a thread a partition. */
public final class LiveTailProjection extends StoredProjection {

    private final LiveTailWriter writer;

    public LiveTailProjection(LiveTailWriter writer) {
        super(LiveTailStore.PROJECTION, writer);
        this.writer = writer;
    }

    @Override
    public Batch begin(int partition) {
        LiveTailBatch events = writer.begin(partition);
        return batch(partition, new LiveTailHandlers(events), events::commit);
    }
}
