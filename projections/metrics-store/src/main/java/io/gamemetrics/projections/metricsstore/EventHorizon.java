package io.gamemetrics.projections.metricsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From when on events are kept. It moves before anything is dropped: who has read it, and then writes or reads no event
 * that occurred earlier, misses nothing.
 *
 * @param keptFrom the first instant whose events are kept; absent: all are
 */
record EventHorizon(@Nullable Instant keptFrom) {

    static final EventHorizon NONE = new EventHorizon(null);

    static EventHorizon read(Connection connection) throws SQLException {
        EventHorizon[] horizon = {NONE};
        new Sql()
                .add("SELECT kept_from FROM event_horizon")
                .forEach(
                        connection,
                        row -> horizon[0] = new EventHorizon(row.getTimestamp(1).toInstant()));
        return horizon[0];
    }

    boolean keeps(Instant at) {
        return keptFrom == null || !at.isBefore(keptFrom);
    }
}
