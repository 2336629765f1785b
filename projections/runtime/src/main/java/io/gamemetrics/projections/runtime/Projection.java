package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.Collection;
import java.util.List;
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

    /** Streams whose events wait behind one that could not be applied, in this partition, in order of that one. */
    List<QuarantinedStream> quarantined(int partition);

    /** The first parked events of a stream in this partition, in order; at most so many. */
    List<ParkedEvent> parked(int partition, UUID stream, int most);

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

        /**
         * The object whose Axon {@code @EventHandler} methods take (event) or (event, {@link EventPlace}). One for an event
         * that {@link io.gamemetrics.sharedkernel.privacy.EndsAPerson ends a person} takes away all there is of its stream:
         * in this batch, in the store, and the places of its parked events. Of the same class in every batch: events of types
         * it has no method for are passed over unread, however they may look inside.
         */
        Object handlers();

        /**
         * Writes the fold, the parked events and the checkpoint in one transaction.
         *
         * @param expected the checkpoint this batch began from; absent for the first
         * @param parked events that are not applied; one that is parked already takes the new cause
         * @param released events of one stream that were parked and are not from now on. The batch then holds those of them
         *     that are applied, in order, and nothing else, and {@code next} is {@code expected}
         * @throws CheckpointMovedException when another instance has moved the checkpoint, or released one of these:
         *     nothing was written
         */
        void commit(
                @Nullable Checkpoint expected,
                Checkpoint next,
                Collection<ParkedEvent> parked,
                Collection<ParkedEvent> released);

        /** The same without released events. */
        default void commit(@Nullable Checkpoint expected, Checkpoint next, Collection<ParkedEvent> parked) {
            commit(expected, next, parked, List.of());
        }
    }
}
