package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import org.jspecify.annotations.Nullable;

/**
 * What came of a release, or of a piece of it.
 *
 * @param applied events that are not parked any more and took effect, or had none to take
 * @param skipped events that were passed over by order
 * @param stopped the event that could not be applied; it and what comes behind it stay parked. Absent: none was such
 * @param next the event the next piece begins with; absent: there is none, it is over
 */
public record Released(
        long applied,
        int skipped,
        @Nullable ParkedEvent stopped,
        @Nullable ParkedEvent next) {

    static final Released NOTHING = new Released(0, 0, null, null);

    /** This and the piece behind it. */
    Released and(Released piece) {
        return new Released(applied + piece.applied, skipped + piece.skipped, piece.stopped, piece.next);
    }
}
