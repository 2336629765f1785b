package io.gamemetrics.queryside.subscriptions;

import org.jspecify.annotations.Nullable;

/** A connection that stays open. Safe for concurrent use. */
interface Line {

    /** What the caller showed; absent before. Never in a log. */
    @Nullable
    String token();

    /** Whether it serves: a WebSocket's token has come, a stream's answer is on its way. */
    boolean hasBegun();

    /** {@link System#nanoTime} of when it was opened. */
    long openedNanos();

    /** {@link System#nanoTime} of the last sign that somebody is there. */
    long heardNanos();

    /** Asks whether somebody is there, where it has begun. */
    void ping();

    /** Ends it and everything on it, and tells the other end why; again changes nothing. Never waits. */
    void end(Ending why);
}
