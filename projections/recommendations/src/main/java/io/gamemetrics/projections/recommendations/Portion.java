package io.gamemetrics.projections.recommendations;

import java.time.Duration;

/**
 * How many persons' vectors are made in one go: as many as take about a tenth of a second, whether they did a few things or
 * thousands, but some however long they take. Used by one thread.
 */
final class Portion {

    static final int LEAST = 200;
    static final int MOST = 2_000;

    private static final Duration ENOUGH = Duration.ofMillis(100);

    private int persons = MOST / 2;

    int persons() {
        return persons;
    }

    /** @param made how many of them there were */
    void took(int made, Duration time) {
        // A few say nothing of how many fit, and one slow moment little.
        if (made < LEAST) {
            return;
        }
        double fit = made * ((double) ENOUGH.toNanos() / Math.max(1, time.toNanos()));
        if (made == persons || fit < persons) {
            persons = (int) Math.clamp(Math.clamp(fit, persons / 2.0, persons * 2.0), LEAST, MOST);
        }
    }
}
