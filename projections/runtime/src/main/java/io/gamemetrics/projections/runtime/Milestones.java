package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.Checkpoint;

/**
 * Told what a projection had handled when it came to the end of a range of positions, so that the ranges can be held
 * against the event store. Called from the partition's thread, before anything later is handled; again after a restart.
 */
@FunctionalInterface
public interface Milestones {

    /** So many positions are proved at a time. */
    int RANGE = 100_000;

    /** Nobody asks. */
    Milestones NONE = (partition, checkpoint) -> {};

    /** @param checkpoint at a multiple of {@link #RANGE}; count and checksum since the projection was new */
    void reached(int partition, Checkpoint checkpoint);

    /** Whether a range ends here. */
    static boolean isAt(Checkpoint checkpoint) {
        return checkpoint.position().number() > 0 && checkpoint.position().number() % RANGE == 0;
    }
}
