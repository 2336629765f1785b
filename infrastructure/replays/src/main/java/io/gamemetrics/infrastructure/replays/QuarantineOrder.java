package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody ordered for streams that wait, and what came of it.
 *
 * @param stream the one it is for; absent where it is for all of a cause, and after its person was erased
 * @param cause absent where it is for one stream
 * @param reason why an event is passed over; absent of a retry without one
 */
public record QuarantineOrder(
        UUID id,
        String projection,
        Kind kind,
        @Nullable UUID stream,
        @Nullable String cause,
        String actor,
        @Nullable String reason,
        Instant orderedAt,
        List<Target> targets) {

    public QuarantineOrder {
        targets = List.copyOf(targets);
    }

    /** What is to be done. */
    public enum Kind {
        /** What waits is applied, in order. */
        RETRY,
        /** The event that the others wait for is passed over for ever, and the others are applied, in order. */
        SKIP
    }

    /** How far it is on one partition of a version. */
    public enum State {
        /** Nobody has done it yet. */
        OPEN,
        /** Nothing of the stream waits any more. */
        RELEASED,
        /** An event could not be applied; it and what comes behind it wait. */
        STOPPED,
        /** The version was dropped before. */
        GONE
    }

    /**
     * One partition of a version where the stream waits.
     *
     * @param stream absent after its person was erased
     * @param position the event it waited for when this was ordered: the one that is passed over, of a SKIP
     * @param applied events that wait no more
     * @param skipped events passed over
     * @param stoppedAt the event it waits for now, and why; absent unless STOPPED
     */
    public record Target(
            long id,
            int version,
            int partition,
            @Nullable UUID stream,
            Position position,
            String cause,
            State state,
            long applied,
            int skipped,
            @Nullable Position stoppedAt,
            @Nullable String stoppedCause,
            @Nullable Instant doneAt) {}

    /** Whether anything is left to be done. */
    public boolean isOpen() {
        return targets.stream().anyMatch(target -> target.state() == State.OPEN);
    }

    /** Events that wait no more because of it. */
    public long applied() {
        return targets.stream().mapToLong(Target::applied).sum();
    }
}
