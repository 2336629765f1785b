package io.gamemetrics.projections.runtime;

import java.time.Duration;

/** A minute in which something has to come about, looked for with pauses. */
final class Deadline {

    private static final Duration MOST = Duration.ofMinutes(1);
    private static final long PAUSE_MILLIS = 50;

    private final long endNanos = System.nanoTime() + MOST.toNanos();
    private final String problem;

    /** @param problem one sentence for operators */
    Deadline(String problem) {
        this.problem = problem;
    }

    /** @throws ComparisonStoppedException when the minute is over */
    void pause() throws InterruptedException {
        if (System.nanoTime() > endNanos) {
            throw new ComparisonStoppedException(problem);
        }
        Thread.sleep(PAUSE_MILLIS);
    }
}
