package io.gamemetrics.projections.runtime;

import java.util.concurrent.locks.ReentrantLock;

/** A pace that can be changed while it is kept. One thread waits, any may change it. */
final class Throttle implements Pace {

    private static final double UNLIMITED = Double.POSITIVE_INFINITY;
    private static final long NANOS = 1_000_000_000L;
    private static final long LOOK_MILLIS = 100;

    private final ReentrantLock turn = new ReentrantLock(true);
    private volatile double perSecond = UNLIMITED;

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

    @Override
    public void await(int events) throws InterruptedException {
        double owed = events;
        long at = System.nanoTime();
        // In small steps: a limit that is lifted takes effect at once, not after the wait it began with.
        while (owed > 0) {
            double rate = perSecond;
            if (Double.isInfinite(rate)) {
                return;
            }
            Thread.sleep((long) Math.clamp(owed / rate * 1_000, 1, LOOK_MILLIS));
            long now = System.nanoTime();
            owed -= rate * (now - at) / NANOS;
            at = now;
        }
    }
}
