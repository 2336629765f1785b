package io.gamemetrics.projections.recommendations;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a state, for two minutes at most: the machine may be busy. */
final class Waiting {

    private Waiting() {}

    static void until(BooleanSupplier state) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!state.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the awaited state did not come");
            }
            LockSupport.parkNanos(25_000_000);
        }
    }

    /** Looks for so long that the state is what it is now. */
    static void seeThatItStays(BooleanSupplier state, Duration length) {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            if (!state.getAsBoolean()) {
                throw new AssertionError("the state did not stay");
            }
            LockSupport.parkNanos(25_000_000);
        }
    }
}
