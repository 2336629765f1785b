package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Compresses old events where TimescaleDB keeps them; elsewhere does nothing. What comes late, is completed or linked
 * after that is counted as ever, only slower. Safe for concurrent use; of several processes one works.
 */
public final class EventCompression {

    private final ModelSchema schema;
    private final boolean possible;

    /** @param schema of a version that {@link MetricsSchema#migrate} has been run for */
    public EventCompression(ModelSchema schema) {
        this.schema = schema;
        this.possible = MetricsSchema.engine(schema) == MetricsSchema.Engine.TIMESCALEDB;
    }

    /** Compresses whole chunks all of whose events occurred before. Again compresses what was added since. */
    public void compress(Instant before) {
        if (!possible) {
            return;
        }
        try {
            UpkeepLock.EVENTS.whileHeld(schema, connection -> new Sql()
                    .add("SELECT public.compress_chunk(c) FROM public.show_chunks('event', older_than => '" + before
                            + "'::timestamptz) c")
                    .forEach(connection, row -> {}));
        } catch (SQLException e) {
            throw new MetricsStoreException("events not compressed", e);
        }
    }
}
