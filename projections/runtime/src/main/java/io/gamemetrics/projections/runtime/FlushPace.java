package io.gamemetrics.projections.runtime;

import java.time.Duration;

/**
 * How soon a partition that follows the stream flushes again. After a flush with events comes a rest in which others gather,
 * some times as long as it took, and the longer the more events it had: who is alone hardly waits, and when all are busy
 * flushes become fewer and larger, so that more events share what each of them costs. Used by one thread.
 */
final class FlushPace {

    /** With so many events waiting another flush is worth its cost. */
    static final int ENOUGH_EVENTS = 2_000;

    /** A flush of few events is followed by so many times what it took. */
    private static final int TIMES = 2;

    /** By once more for each so many events: what is busy shall be quiet most of the time. */
    private static final int EVENTS_A_TIME = 25;

    private static final Duration LONGEST_REST_OF_FEW = Duration.ofMillis(200);
    private static final Duration LONGEST_REST = Duration.ofMillis(700);
    private static final long NANOS_AN_EVENT = Duration.ofMillis(1).toNanos();

    private long flushedAtNanos;
    private long restNanos;

    /** @param begunNanos when it began, as {@link System#nanoTime} has it */
    void flushed(long begunNanos, int events) {
        flushedAtNanos = System.nanoTime();
        restNanos = rest(flushedAtNanos - begunNanos, events);
    }

    static long rest(long tookNanos, int events) {
        long longest = Math.clamp(events * NANOS_AN_EVENT, LONGEST_REST_OF_FEW.toNanos(), LONGEST_REST.toNanos());
        return events == 0 ? 0 : Math.min(longest, (TIMES + events / EVENTS_A_TIME) * tookNanos);
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
