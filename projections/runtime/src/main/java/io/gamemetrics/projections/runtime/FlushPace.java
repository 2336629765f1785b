package io.gamemetrics.projections.runtime;

import java.time.Duration;

/**
 * How soon a partition that follows the stream flushes again. After a flush with events comes a rest in which others gather,
 * twice as long as it took: who is alone hardly waits, and when all are busy flushes become fewer and larger, so that more
 * events share what each of them costs. Used by one thread.
 */
final class FlushPace {

    /** With so many events waiting another flush is worth its cost. */
    static final int ENOUGH_EVENTS = 2_000;

    private static final int REST = 2;
    private static final Duration LONGEST_REST = Duration.ofMillis(200);

    private long flushedAtNanos;
    private long restNanos;

    /** @param begunNanos when it began, as {@link System#nanoTime} has it */
    void flushed(long begunNanos, int events) {
        flushedAtNanos = System.nanoTime();
        restNanos = rest(flushedAtNanos - begunNanos, events);
    }

    static long rest(long tookNanos, int events) {
        return events == 0 ? 0 : Math.min(LONGEST_REST.toNanos(), REST * tookNanos);
    }

    /** For how long to rest now, in nanoseconds; none before the next flush. */
    long takeRest() {
        long rest = restNanos;
        restNanos = 0;
        return rest;
    }

    /** Whether it is so long since the last. */
    boolean isDue(Duration every) {
        return System.nanoTime() - flushedAtNanos >= every.toNanos();
    }
}
