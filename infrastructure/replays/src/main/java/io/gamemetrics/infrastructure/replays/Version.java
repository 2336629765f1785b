package io.gamemetrics.infrastructure.replays;

import java.time.Instant;

/**
 * A version of a projection's read model.
 *
 * @param number from 1, never used twice
 * @param handlers number of the handlers it is written by, from its first event to its last
 * @param changedAt when its state became what it is
 */
public record Version(String projection, int number, int handlers, State state, Instant changedAt) {

    /** What a version is to readers and writers. */
    public enum State {
        /** Being built; nobody reads it. */
        BUILDING,
        /** The one readers ask. */
        ACTIVE,
        /** Not asked, but kept up to date: a switch to it, or back to it, shows nothing old. */
        STANDBY,
        /** Nobody begins to read it any more; it is taken away when those who did have ended. */
        DROPPING,
        /** Gone. */
        DROPPED;

        /** Whether it is there and is kept up to date. */
        public boolean isKept() {
            return this == BUILDING || this == ACTIVE || this == STANDBY;
        }
    }
}
