package io.gamemetrics.queryside.game;

import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.metricsstore.UnknownGameException;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the numbers hold everything up to a position. Works when the game itself is quiet, because watermarks move
 * the projection's position through quiet partitions too. However many wait, the store is asked at most once in
 * {@value #POLL_MILLIS} ms.
 */
public final class PositionWait {

    private static final int POLL_MILLIS = 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final MetricsReader metrics;
    private final ReentrantLock polling = new ReentrantLock();
    private @Nullable Position latest;
    private long askedAtNanos = System.nanoTime() - POLL_MILLIS * NANOS_PER_MILLI;

    public PositionWait(MetricsReader metrics) {
        this.metrics = metrics;
    }

    /**
     * Returns once the numbers are new enough.
     *
     * @param game any game the caller may read; the position belongs to the whole projection
     * @throws QueryRefused PROJECTION_BEHIND when the time is over first; POSITION_TOO_OLD at once when the position is
     *     of another life of the store
     */
    public void await(GameId game, Position wanted, Duration atMost) {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        while (true) {
            Position position = position(game);
            if (position != null && position.incarnation() != wanted.incarnation()) {
                throw new QueryRefused(
                        ErrorCode.POSITION_TOO_OLD,
                        "The position is of another life of the store: it was restored since.");
            }
            if (position != null && position.covers(wanted)) {
                return;
            }
            long leftMillis = (deadlineNanos - System.nanoTime()) / NANOS_PER_MILLI;
            if (leftMillis <= 0) {
                throw new QueryRefused(
                        ErrorCode.PROJECTION_BEHIND, "The numbers have not come to the position yet; ask again.");
            }
            pause(Math.min(leftMillis, POLL_MILLIS));
        }
    }

    private @Nullable Position position(GameId game) {
        polling.lock();
        try {
            if (System.nanoTime() - askedAtNanos >= POLL_MILLIS * NANOS_PER_MILLI) {
                latest = ask(game, latest);
                askedAtNanos = System.nanoTime();
            }
            return latest;
        } finally {
            polling.unlock();
        }
    }

    /** A game that is too new to be known says nothing: then what was found last still holds. */
    private @Nullable Position ask(GameId game, @Nullable Position before) {
        try {
            return metrics.freshness(game).position();
        } catch (UnknownGameException e) {
            return before;
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryRefused(ErrorCode.TIMEOUT, "It took too long; ask for less.");
        }
    }
}
