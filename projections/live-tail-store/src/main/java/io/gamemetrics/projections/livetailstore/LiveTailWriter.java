package io.gamemetrics.projections.livetailstore;

import io.gamemetrics.infrastructure.readstore.PartitionCheckpoints;
import io.gamemetrics.infrastructure.readstore.RedisCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the live tail. Safe for concurrent use, a thread a partition. */
public final class LiveTailWriter implements PartitionCheckpoints {

    /**
     * How many events of a game are kept in each partition of the stream: the newest. Older ones go with the whole of their
     * run, so a few more may be there; of those of a player who is erased, nothing comes in their place.
     */
    public static final int KEPT_EVENTS = 2_000;

    private final LiveTailStore store;
    private final RedisCheckpoints checkpoints;

    LiveTailWriter(LiveTailStore store, RedisCheckpoints checkpoints) {
        this.store = store;
        this.checkpoints = checkpoints;
    }

    @Override
    public @Nullable Checkpoint checkpoint(int partition) {
        return checkpoints.read(partition);
    }

    @Override
    public List<QuarantinedStream> quarantined(int partition) {
        return checkpoints.quarantined(partition);
    }

    @Override
    public List<ParkedEvent> parked(int partition, UUID stream, int most) {
        return checkpoints.parked(partition, stream, most);
    }

    /** An empty batch of events of this partition, used by one thread. */
    public LiveTailBatch begin(int partition) {
        return new LiveTailBatch(store, checkpoints, partition, KEPT_EVENTS);
    }
}
