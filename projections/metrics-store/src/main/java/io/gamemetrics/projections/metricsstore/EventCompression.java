package io.gamemetrics.projections.metricsstore;

import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * Compresses old events where TimescaleDB keeps them; elsewhere does nothing. What comes late, is completed or linked
 * after that is counted as ever, only slower. Safe for concurrent use; of several processes one works.
 */
public final class EventCompression {

    private final DataSource database;
    private final boolean possible;

    /** @param database one that {@link MetricsSchema#migrate} has been run on */
    public EventCompression(DataSource database) {
        this.database = database;
        this.possible = MetricsSchema.engine(database) == MetricsSchema.Engine.TIMESCALEDB;
    }

    /** Compresses whole chunks all of whose events occurred before. Again compresses what was added since. */
    public void compress(Instant before) {
        if (!possible) {
            return;
        }
        try {
            UpkeepLock.EVENTS.whileHeld(database, connection -> new Sql()
                    .add("SELECT compress_chunk(c) FROM show_chunks('metrics.event', older_than => '" + before
                            + "'::timestamptz) c")
                    .forEach(connection, row -> {}));
        } catch (SQLException e) {
            throw new MetricsStoreException("events not compressed", e);
        }
    }
}
