package io.gamemetrics.queryside.subscriptions;

import org.jspecify.annotations.Nullable;

/** A connection that stays open. Safe for concurrent use. */
interface Line {

    /** What the caller showed; absent before. Never in a log. */
    @Nullable
    String token();

    /** {@link System#nanoTime} of when it was opened. */
    long openedNanos();

    /** {@link System#nanoTime} of the last sign that somebody is there. */
    long heardNanos();

    void ping();

    /** Ends it and everything on it; again changes nothing. Never waits. */
    void end(Ending why);
}
