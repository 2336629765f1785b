package io.gamemetrics.infrastructure.replays;

import java.io.Serial;

/** What was wanted of a replay can't be, as it stands now. */
public final class ReplayRefused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String why;

    ReplayRefused(Reason reason, String why) {
        super(why);
        this.reason = reason;
        this.why = why;
    }

    /** One sentence for operators. */
    public String why() {
        return why;
    }

    public Reason reason() {
        return reason;
    }

    /** Why. */
    public enum Reason {
        /** Another one of the projection is not over. */
        RUNNING,
        /** There is no replay by this id, or no projection by this name. */
        UNKNOWN,
        /** To handle its events again would be noticed outside. */
        SIDE_EFFECTS,
        /** It is in a phase where this makes no sense. */
        PHASE,
        /** It rests. */
        PAUSED,
        /** It is only for comparing. */
        PART,
        /** It is further behind than what readers see now. */
        BEHIND,
        /** What it handled is not proved to be what the event store holds. */
        UNPROVED
    }
}
