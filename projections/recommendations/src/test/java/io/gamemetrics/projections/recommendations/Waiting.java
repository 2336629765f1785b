package io.gamemetrics.projections.recommendations;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a state, for half a minute at most. */
final class Waiting {

    private Waiting() {}

    static void until(BooleanSupplier state) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!state.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the awaited state did not come");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
