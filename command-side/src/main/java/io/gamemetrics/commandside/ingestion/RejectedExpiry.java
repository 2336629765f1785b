package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.infrastructure.eventstore.RejectedEvents;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes refused events when their time is over: at the start and then once a period. Every replica does; who comes
 * second finds nothing. A store that can't be reached is asked again a period later.
 */
public final class RejectedExpiry implements AutoCloseable {

    /** Between two rounds. */
    public static final Duration PERIOD = Duration.ofHours(1);

    /** Deleted in one transaction. */
    static final int BATCH = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(RejectedExpiry.class);

    private final RejectedEvents rejected;
    private final Clock clock;
    private final Duration period;
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rejected-expiry").factory());

    public RejectedExpiry(RejectedEvents rejected, Clock clock, Duration period) {
        this.rejected = rejected;
        this.clock = clock;
        this.period = period;
    }

    /** Begins with a round at once. */
    public void start() {
        var _ = rounds.scheduleAtFixedRate(this::round, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Deletes all that has expired by now. */
    private void round() {
        try {
            int deleted;
            do {
                deleted = rejected.deleteExpired(clock.instant(), BATCH);
            } while (deleted == BATCH && !rounds.isShutdown());
        } catch (RuntimeException e) {
            // Nobody else would hear of it, and a thrown exception would end all later rounds.
            LOG.warn(
                    "expired rejected events could not be deleted: {}",
                    e.getClass().getSimpleName());
        }
    }

    /** Ends after the batch it is at. */
    @Override
    public void close() {
        rounds.close();
    }
}
