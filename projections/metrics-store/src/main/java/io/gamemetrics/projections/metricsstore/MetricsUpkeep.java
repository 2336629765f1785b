package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the tables while they are written: makes charts and, where told to, compresses old events and drops older
 * ones. Uses none of TimescaleDB's own background jobs. No flush waits for it. Trouble with the database is waited out.
 * Safe for concurrent use; of several processes one works.
 */
public final class MetricsUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsUpkeep.class);
    private static final Duration COMPRESS_EVERY = Duration.ofHours(1);

    /** Rests so many times as long as it worked. */
    private static final int REST = 10;

    private final MetricsCharts charts;
    private final EventCompression compression;
    private final EventExpiry expiry;
    private final @Nullable Duration compressAfter;
    private final @Nullable Duration keepEventsFor;
    private final Duration every;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private Instant compressed = Instant.EPOCH;
    private volatile Status status = new Status(null, null, null);

    /**
     * How it is doing.
     *
     * @param worked when it last did all there was to do; absent: not yet
     * @param eventsFrom from when on events are kept, as of then; absent: all are
     * @param problem what kept it from its work the last time; absent: nothing did
     */
    public record Status(
            @Nullable Instant worked,
            @Nullable Instant eventsFrom,
            @Nullable String problem) {}

    /**
     * @param schema of a version that {@link MetricsSchema#migrate} has been run for
     * @param compressAfter how old events are compressed; absent: never
     * @param keepEventsFor how old events are dropped, at least {@link EventExpiry#SHORTEST}; absent: never
     * @param every how long it rests in between, at least
     */
    public MetricsUpkeep(
            ModelSchema schema, @Nullable Duration compressAfter, @Nullable Duration keepEventsFor, Duration every) {
        this.charts = new MetricsCharts(schema);
        this.compression = new EventCompression(schema);
        this.expiry = new EventExpiry(schema);
        this.compressAfter = compressAfter;
        this.keepEventsFor = keepEventsFor == null ? null : EventExpiry.checked(keepEventsFor);
        this.every = every;
        this.thread = Thread.ofPlatform().name("metrics-upkeep").daemon(true).unstarted(this::run);
    }

    /** Begins, on a thread of its own. */
    public void start() {
        LOG.info(
                "events are compressed after {} and dropped after {}",
                compressAfter == null ? "never" : compressAfter,
                keepEventsFor == null ? "never" : keepEventsFor);
        thread.start();
    }

    public Status status() {
        return status;
    }

    /** Ends after what is at hand. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration rest = every;
        try {
            while (!closing.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                long begun = System.nanoTime();
                boolean worked = work();
                Duration tenfold = Duration.ofNanos(System.nanoTime() - begun).multipliedBy(REST);
                // Waiting for a database that is not there was no work.
                rest = worked && tenfold.compareTo(every) > 0 ? tenfold : every;
            }
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    /** @return whether there was no trouble */
    private boolean work() {
        try {
            charts.make();
            Instant now = Instant.now();
            if (compressAfter != null && !compressed.plus(COMPRESS_EVERY).isAfter(now)) {
                compression.compress(now.minus(compressAfter));
                compressed = now;
            }
            if (keepEventsFor != null) {
                expiry.expire(keepEventsFor);
            }
            if (status.problem != null) {
                LOG.info("the metrics' upkeep works again");
            }
            status = new Status(now, expiry.keptFrom(), null);
            return true;
        } catch (Throwable e) {
            // Also an Error: the thread is all the upkeep has.
            String problem = e.getClass().getSimpleName();
            if (!problem.equals(status.problem)) {
                LOG.warn("the metrics' upkeep begins again in a while", e);
            }
            status = new Status(status.worked, status.eventsFrom, problem);
            return false;
        }
    }
}
