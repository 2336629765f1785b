package io.gamemetrics.infrastructure.web;

import java.util.function.LongSupplier;

/**
 * Allows a steady rate and short bursts above it. A request larger than the burst passes when the bucket is full and
 * leaves a debt, so that one large batch is not refused for ever. Safe for many threads.
 */
public final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledAtNanos;

    /**
     * @param perSecond what flows in, more than 0
     * @param burst what fits in, 1 or more
     */
    public TokenBucket(double perSecond, double burst) {
        this(perSecond, burst, System::nanoTime);
    }

    TokenBucket(double perSecond, double burst, LongSupplier nanoTime) {
        if (perSecond <= 0 || burst < 1) {
            throw new IllegalArgumentException(
                    "rate must be > 0 and burst ≥ 1: perSecond=" + perSecond + ", burst=" + burst);
        }
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.tokens = burst;
        this.filledAtNanos = nanoTime.getAsLong();
    }

    /** Takes so many, or none. */
    public synchronized Grant take(long amount) {
        long now = nanoTime.getAsLong();
        tokens = Math.min(burst, tokens + (now - filledAtNanos) / NANOS_PER_SECOND * perSecond);
        filledAtNanos = now;
        double needed = Math.min((double) amount, burst);
        boolean granted = tokens >= needed;
        if (granted) {
            tokens -= amount;
        }
        double waitSeconds = granted ? 0 : (needed - tokens) / perSecond;
        double fullSeconds = (burst - tokens) / perSecond;
        return new Grant(
                granted, (long) Math.max(0, tokens), (long) Math.ceil(waitSeconds), (long) Math.ceil(fullSeconds));
    }

    /**
     * What came of asking.
     *
     * @param remaining what could be taken at once now
     * @param waitSeconds until as much would be granted, rounded up; 0 when it was
     * @param fullSeconds until the whole burst is there again, rounded up
     */
    public record Grant(boolean granted, long remaining, long waitSeconds, long fullSeconds) {}
}
