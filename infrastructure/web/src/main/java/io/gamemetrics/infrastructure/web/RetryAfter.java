package io.gamemetrics.infrastructure.web;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** When to come back: spread out, so that those refused together don't return together. */
final class RetryAfter {

    private RetryAfter() {}

    /** Whole seconds, at least the given time and at least 1, plus up to half of it (never less than 2 s) by chance. */
    static long jitteredSeconds(Duration atLeast) {
        long seconds = Math.max(1, atLeast.plusMillis(999).toSeconds());
        return seconds + ThreadLocalRandom.current().nextLong(Math.max(2, seconds / 2) + 1);
    }
}
