package io.gamemetrics.projections.recommendations;

import java.time.Duration;

/**
 * How many persons' vectors are made in one go: as many as take about a tenth of a second, whether they did a few things or
 * thousands. An erasure waits for one such go at most. Used by one thread.
 */
final class Portion {

    static final int LEAST = 50;
    static final int MOST = 2_000;

    private static final Duration ENOUGH = Duration.ofMillis(100);

    private int persons = MOST / 2;

    int persons() {
        return persons;
    }

    /** @param made how many of them there were */
    void took(int made, Duration time) {
        if (time.compareTo(ENOUGH) > 0) {
            persons = Math.max(LEAST, Math.min(persons, made) / 2);
        } else if (made == persons && time.multipliedBy(2).compareTo(ENOUGH) < 0) {
            persons = Math.min(MOST, 2 * persons);
        }
    }
}
