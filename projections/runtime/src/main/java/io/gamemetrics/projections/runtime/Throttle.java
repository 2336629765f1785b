package io.gamemetrics.projections.runtime;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** A pace that can be changed while it is kept. One thread waits, any may change it. */
final class Throttle implements Pace {

    private static final double UNLIMITED = Double.POSITIVE_INFINITY;
    private static final long NANOS = 1_000_000_000L;
    private static final long LOOK_MILLIS = 100;

    /** Who was slower than allowed makes up for so long at most, and does not rush through what a pause left. */
    private static final long MOST_CREDIT_NANOS = NANOS;

    private final LongSupplier nanoTime;
    private final Sleep sleep;
    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile double perSecond = UNLIMITED;
    private long paidUpToNanos;

    /** Lets the thread wait. */
    interface Sleep {
        void millis(long millis) throws InterruptedException;
    }

    Throttle() {
        this(System::nanoTime, Thread::sleep);
    }

    /** With another clock, like {@link System#nanoTime}, and what moves it. */
    Throttle(LongSupplier nanoTime, Sleep sleep) {
        this.nanoTime = nanoTime;
        this.sleep = sleep;
        this.paidUpToNanos = nanoTime.getAsLong();
    }

    /** @param eventsPerSecond positive; infinite for as fast as it goes */
    void set(double eventsPerSecond) {
        perSecond = eventsPerSecond;
    }

    /** What may be handled in a second. */
    @Override
    public int most() {
        return (int) Math.clamp(perSecond, 1, Integer.MAX_VALUE);
    }

    @Override
    public void inTurn(Runnable write) {
        if (Double.isInfinite(perSecond)) {
            write.run();
            return;
        }
        turn.lock();
        try {
            write.run();
        } finally {
            turn.unlock();
        }
    }

    /** What reading took since the last time counts as waiting. */
    @Override
    public void await(int events) throws InterruptedException {
        double owed = events;
        long at = Math.max(paidUpToNanos, nanoTime.getAsLong() - MOST_CREDIT_NANOS);
        // In small steps: a limit that is lifted takes effect at once, not after the wait it began with.
        while (owed > 0) {
            double rate = perSecond;
            if (Double.isInfinite(rate)) {
                paidUpToNanos = nanoTime.getAsLong();
                return;
            }
            long now = nanoTime.getAsLong();
            long needed = (long) (owed / rate * NANOS);
            if (now - at >= needed) {
                paidUpToNanos = at + needed;
                return;
            }
            owed -= rate * (now - at) / NANOS;
            at = now;
            sleep.millis((long) Math.clamp(owed / rate * 1_000, 1, LOOK_MILLIS));
        }
    }
}
