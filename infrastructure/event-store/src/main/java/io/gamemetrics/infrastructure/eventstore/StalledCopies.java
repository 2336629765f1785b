package io.gamemetrics.infrastructure.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts off writers that stall in the middle of a COPY. PostgreSQL's {@code transaction_timeout} ends a transaction that is
 * idle or working, but while a COPY waits for its client only a termination is heard (PostgreSQL 18, {@code
 * ProcessClientReadInterrupt}), and a frozen client would hold the head row for ever. So whoever has appends under way
 * looks out for such writers, of its own process or another, and terminates them.
 */
final class StalledCopies implements AutoCloseable {

    /** Only sessions of the same role can be seen in full and terminated: that is what all of the store's writers are. */
    private static final String TERMINATE = """
            SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND usename = current_user AND application_name = ?
              AND state = 'active' AND wait_event = 'ClientRead' AND query LIKE 'COPY %'
              AND query_start < clock_timestamp() - ? * interval '1 millisecond'
            """;

    private static final Logger LOG = LoggerFactory.getLogger(StalledCopies.class);

    private final DataSource connections;
    private final long holdLimitMillis;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ScheduledExecutorService lookout = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("event-store-lookout").factory());

    StalledCopies(DataSource connections, Duration holdLimit) {
        this.connections = connections;
        this.holdLimitMillis = holdLimit.toMillis();
        long every = holdLimitMillis / 4;
        var unused = lookout.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    /** From now on until {@link #ended}, somebody could be waiting. */
    void begun() {
        underWay.incrementAndGet();
    }

    void ended() {
        underWay.decrementAndGet();
    }

    private void look() {
        if (underWay.get() == 0) {
            return;
        }
        try (Connection connection = connections.getConnection();
                PreparedStatement terminate = connection.prepareStatement(TERMINATE)) {
            terminate.setString(1, Connections.WRITERS);
            terminate.setLong(2, holdLimitMillis);
            try (ResultSet row = terminate.executeQuery()) {
                while (row.next()) {
                    LOG.warn(
                            "cut off a writer of the event store that stalled while sending rows: pid={}",
                            row.getInt(1));
                }
            }
        } catch (SQLException | RuntimeException e) {
            // The next look comes soon; a database that can't be asked fails the appends themselves.
            LOG.warn("could not look out for stalled writers of the event store", e);
        }
    }

    @Override
    public void close() {
        lookout.shutdownNow();
    }
}
