package io.gamemetrics.queryside.subscriptions;

import java.util.function.BooleanSupplier;

/** Waits for a state. */
final class Await {

    private Await() {}

    /** Returns when the state is there; a test's time limit interrupts it. */
    static void until(BooleanSupplier state) {
        while (!state.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new AssertionError("the state did not come in time");
            }
            Thread.onSpinWait();
        }
    }
}
