package io.gamemetrics.projections.metricsstore;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the tables while they are written: makes charts and, where told to, compresses old events. Uses none of
 * TimescaleDB's own background jobs. No answer depends on it, only how fast it comes. Safe for concurrent use; of several
 * processes one works.
 */
public final class MetricsUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsUpkeep.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration COMPRESS_EVERY = Duration.ofHours(1);

    /** Rests so many times as long as it worked. */
    private static final int REST = 10;

    private final MetricsCharts charts;
    private final EventCompression compression;
    private final @Nullable Duration compressAfter;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private Instant compressed = Instant.EPOCH;

    /**
     * @param database one that {@link MetricsSchema#migrate} has been run on
     * @param compressAfter how old events are compressed; absent: never
     */
    public MetricsUpkeep(DataSource database, @Nullable Duration compressAfter) {
        this.charts = new MetricsCharts(database);
        this.compression = new EventCompression(database);
        this.compressAfter = compressAfter;
        this.thread = Thread.ofPlatform().name("metrics-upkeep").daemon(true).unstarted(this::run);
    }

    /** Begins, on a thread of its own. */
    public void start() {
        thread.start();
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
        Duration rest = EVERY;
        try {
            while (!closing.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                long begun = System.nanoTime();
                work();
                Duration worked = Duration.ofNanos(System.nanoTime() - begun).multipliedBy(REST);
                rest = worked.compareTo(EVERY) > 0 ? worked : EVERY;
            }
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    private void work() {
        try {
            charts.make();
            Instant now = Instant.now();
            if (compressAfter != null && compressed.plus(COMPRESS_EVERY).isBefore(now)) {
                compression.compress(now.minus(compressAfter));
                compressed = now;
            }
        } catch (RuntimeException e) {
            LOG.warn("the metrics' upkeep begins again in a while", e);
        }
    }
}
