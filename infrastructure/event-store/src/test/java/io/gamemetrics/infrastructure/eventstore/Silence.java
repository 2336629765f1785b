package io.gamemetrics.infrastructure.eventstore;

import java.time.Duration;

/** The longest time in which somebody waited for the store and it answered nobody. Thread-safe. */
final class Silence {

    private int waiting;
    private long sinceNanos;
    private long longestNanos;

    synchronized void someoneWaits() {
        if (waiting++ == 0) {
            sinceNanos = System.nanoTime();
        }
    }

    synchronized void broken() {
        long now = System.nanoTime();
        longestNanos = Math.max(longestNanos, now - sinceNanos);
        sinceNanos = now;
    }

    synchronized void oneWaitsNoLonger() {
        if (--waiting == 0) {
            broken(); // nobody is left whom it could keep waiting
        }
    }

    synchronized Duration longest() {
        return Duration.ofNanos(longestNanos);
    }
}
