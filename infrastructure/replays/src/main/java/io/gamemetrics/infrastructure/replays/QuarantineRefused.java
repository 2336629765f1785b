package io.gamemetrics.infrastructure.replays;

import java.io.Serial;

/** What was ordered for streams that wait can't be, as it stands now. */
public final class QuarantineRefused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    QuarantineRefused(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why. */
    public enum Reason {
        /** Nothing waits that the order would be for. */
        NOTHING_WAITS,
        /** Whatever it would be for has an order that is not done. */
        ORDERED,
        /** Versions wait for different events: which one is passed over has to be said. */
        WHICH,
        /** The stream does not wait for this event, or not any more. */
        OTHER_EVENT
    }
}
