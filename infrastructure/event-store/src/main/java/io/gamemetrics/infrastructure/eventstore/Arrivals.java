package io.gamemetrics.infrastructure.eventstore;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Tells who follows the store that there is more. Another process's events are noticed by asking every so often: NOTIFY
 * would make every commit of the database queue at one lock.
 */
final class Arrivals {

    private static final long ASK_EVERY_NANOS = Duration.ofMillis(50).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private long highest;

    void arrived(long position) {
        lock.lock();
        try {
            if (position > highest) {
                highest = position;
                arrived.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something lies after a position.
     *
     * @param ask the store's last position, from the database
     */
    boolean awaitAfter(long position, Duration timeout, LongSupplier ask) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            if (knownAfter(position)) {
                return true;
            }
            arrived(ask.getAsLong());
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return knownAfter(position);
            }
            pause(position, Math.min(left, ASK_EVERY_NANOS));
        }
    }

    private boolean knownAfter(long position) {
        lock.lock();
        try {
            return highest > position;
        } finally {
            lock.unlock();
        }
    }

    private void pause(long position, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (highest <= position && left > 0) {
                left = arrived.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
