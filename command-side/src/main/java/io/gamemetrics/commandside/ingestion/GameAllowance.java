package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.infrastructure.eventstore.Allowances;
import io.gamemetrics.infrastructure.eventstore.Allowances.Taken;
import io.gamemetrics.infrastructure.web.TokenBucket.Grant;
import java.util.function.LongSupplier;

/**
 * One game's limit as this replica keeps it. The bucket lies in the database and is shared; a replica takes a quarter of
 * a second's worth in advance and hands it out without asking, so it asks about four times a second however much is
 * sent. In any stretch of time all replicas together let through at most the rate, one burst, and what each had taken in
 * advance. A refusal is remembered until it can change. Safe for concurrent use.
 */
final class GameAllowance {

    private static final double IN_ADVANCE_SECONDS = 0.25;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Allowances allowances;
    private final int gameNumber;
    private final int perSecond;
    private final int burst;
    private final LongSupplier nanoTime;

    /** Taken from the bucket and not handed out yet. */
    private long held;

    /** What was left in the bucket when it was last asked, and when. */
    private double left;

    private long askedAtNanos;

    /** Asking for as many or more is in vain until then. */
    private long refusedAmount = Long.MAX_VALUE;

    private long refusedUntilNanos;

    GameAllowance(Allowances allowances, int gameNumber, int perSecond, int burst) {
        this(allowances, gameNumber, perSecond, burst, System::nanoTime);
    }

    GameAllowance(Allowances allowances, int gameNumber, int perSecond, int burst, LongSupplier nanoTime) {
        this.allowances = allowances;
        this.gameNumber = gameNumber;
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.left = burst;
        this.askedAtNanos = nanoTime.getAsLong();
        this.refusedUntilNanos = askedAtNanos;
    }

    boolean isOf(int otherPerSecond, int otherBurst) {
        return perSecond == otherPerSecond && burst == otherBurst;
    }

    /** Takes so many, or none; none is granted unless an earlier amount is still being paid for. */
    synchronized Grant take(long amount) {
        long now = nanoTime.getAsLong();
        if (amount == 0) {
            return grant(estimatedLeft(now) >= 0 || held > 0, 0, now);
        }
        if (amount <= held) {
            held -= amount;
            return grant(true, amount, now);
        }
        long missing = amount - held;
        if (missing >= refusedAmount && now - refusedUntilNanos < 0) {
            return grant(false, missing, now);
        }
        Taken taken = allowances.take(gameNumber, perSecond, burst, missing, (long) (perSecond * IN_ADVANCE_SECONDS));
        left = taken.left();
        askedAtNanos = nanoTime.getAsLong();
        if (taken.taken() == 0) {
            refusedAmount = missing;
            refusedUntilNanos = askedAtNanos + (long) (secondsUntil(missing, left) * NANOS_PER_SECOND);
            return grant(false, missing, askedAtNanos);
        }
        refusedAmount = Long.MAX_VALUE;
        held += taken.taken() - amount;
        return grant(true, amount, askedAtNanos);
    }

    private Grant grant(boolean granted, long amount, long now) {
        double estimated = estimatedLeft(now);
        double waitSeconds = granted ? 0 : secondsUntil(Math.max(amount, 1), estimated);
        return new Grant(granted, (long) Math.max(0, (double) held + estimated), (long) Math.ceil(waitSeconds), (long)
                Math.ceil(Math.max(0, burst - estimated) / perSecond));
    }

    private double secondsUntil(long amount, double leftNow) {
        return Math.max(0, Math.min((double) amount, burst) - leftNow) / perSecond;
    }

    /** Others may have taken from it since. */
    private double estimatedLeft(long now) {
        return Math.min(burst, left + (double) (now - askedAtNanos) / NANOS_PER_SECOND * perSecond);
    }
}
