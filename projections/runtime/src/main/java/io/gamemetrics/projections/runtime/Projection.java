package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A read model that the runner keeps up to date. The runner calls it from one thread a partition; its store must make
 * {@link Batch#commit} atomic.
 */
public interface Projection {

    /** The name in checkpoints, metrics and operators' words: stable for ever. */
    String name();

    /** The partition's checkpoint in the projection's own store; absent before its first batch. */
    @Nullable
    Checkpoint checkpoint(int partition);

    /** Streams whose events wait behind a poisoned one, in this partition. */
    Set<UUID> quarantined(int partition);

    /** What it reads. */
    default Reads reads() {
        return Reads.EVERYTHING;
    }

    /** Begins an empty batch. Nothing is visible to readers before {@link Batch#commit}. */
    Batch begin(int partition);

    /** Which part of the stream a projection is given. */
    enum Reads {
        /** Every event, each on its partition. Configuration comes on every partition, in its place. */
        EVERYTHING,
        /** Only the events the catalog marks as configuration, on partition 0; its checkpoints cover everything there. */
        CONFIGURATION
    }

    /** Some events, folded in memory and written at once. Used by one thread. */
    interface Batch {

        /** The object whose Axon {@code @EventHandler} methods take (event) or (event, {@link EventPlace}). */
        Object handlers();

        /**
         * Writes the fold, the newly parked events and the checkpoint in one transaction.
         *
         * @param expected the checkpoint this batch began from; absent for the first
         * @throws CheckpointMovedException when another instance has moved it: nothing was written
         */
        void commit(@Nullable Checkpoint expected, Checkpoint next, Collection<Parked> parked);
    }

    /**
     * An event that is not applied: it could not be, or an earlier one of its stream could not. Only its place is kept;
     * the event itself stays in the store.
     *
     * @param cause a stable word, without anything of the content
     */
    record Parked(UUID stream, EventPlace place, String cause) {}
}
