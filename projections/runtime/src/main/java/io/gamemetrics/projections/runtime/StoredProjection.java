package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.readstore.PartitionCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A projection whose store knows how far it has come. What is left to say is what a batch is. Safe for concurrent use, a thread a
 * partition.
 */
public abstract class StoredProjection implements Projection {

    private final String name;
    private final PartitionCheckpoints checkpoints;

    /** @param name in checkpoints: stable for ever */
    protected StoredProjection(String name, PartitionCheckpoints checkpoints) {
        this.name = name;
        this.checkpoints = checkpoints;
    }

    /** As {@link Projection.Batch#commit}. */
    @FunctionalInterface
    protected interface Commit {

        /** @return false when another instance has moved the checkpoint, or released one of these: nothing was written */
        boolean write(
                @Nullable Checkpoint expected,
                Checkpoint next,
                Collection<ParkedEvent> parked,
                Collection<ParkedEvent> released);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final @Nullable Checkpoint checkpoint(int partition) {
        return checkpoints.checkpoint(partition);
    }

    @Override
    public final List<QuarantinedStream> quarantined(int partition) {
        return checkpoints.quarantined(partition);
    }

    @Override
    public final List<ParkedEvent> parked(int partition, UUID stream, int most) {
        return checkpoints.parked(partition, stream, most);
    }

    /**
     * A batch whose events these handlers fold.
     *
     * @param commit writes it; what it answers false to ends in a {@link CheckpointMovedException}
     */
    protected final Batch batch(int partition, Object handlers, Commit commit) {
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
                if (!commit.write(expected, next, parked, released)) {
                    throw new CheckpointMovedException(name, partition);
                }
            }
        };
    }
}
