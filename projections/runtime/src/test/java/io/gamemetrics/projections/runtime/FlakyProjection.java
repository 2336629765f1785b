package io.gamemetrics.projections.runtime;

import java.sql.SQLTransientConnectionException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** A counting projection whose database goes away at random: before a commit, or after it and before its answer. */
final class FlakyProjection extends HookedCounting {

    private final Random random;
    private final AtomicInteger failures = new AtomicInteger();

    FlakyProjection(CountingStore store, long seed) {
        super(store);
        this.random = new Random(seed);
    }

    int failures() {
        return failures.get();
    }

    @Override
    void around(Written written, Runnable commit) {
        int fate = random.nextInt(6);
        if (fate == 0) {
            fail();
        }
        commit.run();
        if (fate == 1) {
            fail();
        }
    }

    private void fail() {
        failures.incrementAndGet();
        throw new IllegalStateException(new SQLTransientConnectionException("gone, says the test"));
    }
}
