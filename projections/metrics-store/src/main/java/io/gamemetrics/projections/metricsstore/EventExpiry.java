package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops old events, whole months (UTC) of them. First the {@link EventHorizon} moves, then nobody writes earlier events
 * any more, then they go; killed in between, the next time goes on. No reader or writer waits for it. Safe for concurrent
 * use; of several processes one works.
 */
public final class EventExpiry {

    private static final Logger LOG = LoggerFactory.getLogger(EventExpiry.class);

    /** Shorter ones are taken for a slip. */
    public static final Duration SHORTEST = Duration.ofDays(1);

    private final ModelSchema schema;
    private final boolean timescale;

    /** Writers with a later transaction number know of this horizon. */
    private @Nullable Known known;

    private record Known(Instant horizon, long transaction) {}

    /** @param schema of a version that {@link MetricsSchema#migrate} has been run for */
    public EventExpiry(ModelSchema schema) {
        this.schema = schema;
        this.timescale = MetricsSchema.engine(schema) == MetricsSchema.Engine.TIMESCALEDB;
    }

    /**
     * Drops months all of whose events occurred longer ago than that, as seen from the moment the numbers have come to.
     *
     * @param keep at least {@link #SHORTEST}
     * @return false when there is something to drop that a running writer may still need, or another process is at it:
     *     again later
     */
    public synchronized boolean expire(Duration keep) {
        checked(keep);
        boolean[] done = {false};
        try {
            return UpkeepLock.EVENTS.whileHeld(schema, connection -> done[0] = expire(connection, keep)) && done[0];
        } catch (SQLException e) {
            throw new MetricsStoreException("events not dropped", e);
        }
    }

    static Duration checked(Duration keep) {
        if (keep.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("events must be kept for at least " + SHORTEST + ": keep=" + keep);
        }
        return keep;
    }

    /** From when on events are kept; absent: all are. */
    public @Nullable Instant keptFrom() {
        try (Connection connection = schema.connect()) {
            return EventHorizon.read(connection).keptFrom();
        } catch (SQLException e) {
            throw new MetricsStoreException("the horizon was not read", e);
        }
    }

    private boolean expire(Connection connection, Duration keep) throws SQLException {
        move(connection, keep);
        Instant horizon = EventHorizon.read(connection).keptFrom();
        if (horizon == null) {
            return true;
        }
        List<String> drops = timescale ? chunks(connection, horizon) : EventPartitions.drops(connection, horizon);
        if (!drops.isEmpty()) {
            if (!isKnownToAllWriters(connection, horizon)) {
                return false;
            }
            OpenEvents.keep(connection, horizon);
            for (String drop : drops) {
                execute(connection, drop);
            }
            LOG.info("events that occurred before {} were dropped; what they added up to stays", horizon);
        }
        if (timescale) {
            MetricsCharts.forget(connection, horizon);
        }
        return true;
    }

    /** To the beginning of a month, and never back. Without a batch so far there is nothing to move for. */
    private static void move(Connection connection, Duration keep) throws SQLException {
        List<Instant> now = new ArrayList<>();
        new Sql().add("SELECT least(min(as_of), now()) FROM checkpoint").forEach(connection, row -> {
            if (row.getTimestamp(1) != null) {
                now.add(row.getTimestamp(1).toInstant());
            }
        });
        for (Instant at : now) {
            Instant from = YearMonth.from(at.minus(keep).atOffset(ZoneOffset.UTC))
                    .atDay(1)
                    .atStartOfDay()
                    .toInstant(ZoneOffset.UTC);
            execute(
                    connection,
                    "INSERT INTO event_horizon AS h (kept_from) VALUES ('" + from
                            + "') ON CONFLICT (one) DO UPDATE SET kept_from = excluded.kept_from"
                            + " WHERE h.kept_from < excluded.kept_from");
        }
    }

    /**
     * A writer reads the horizon after its transaction has got a number. So once all numbers up to one given out after
     * the horizon moved are done, nobody writes or completes earlier events.
     */
    private boolean isKnownToAllWriters(Connection connection, Instant horizon) throws SQLException {
        Known since = known;
        if (since == null || !since.horizon.equals(horizon)) {
            since = new Known(horizon, number(connection, "pg_current_xact_id()"));
            known = since;
        }
        return number(connection, "pg_snapshot_xmin(pg_current_snapshot())") > since.transaction;
    }

    private static long number(Connection connection, String of) throws SQLException {
        long[] number = {0};
        new Sql().add("SELECT " + of + "::text::bigint").forEach(connection, row -> number[0] = row.getLong(1));
        return number[0];
    }

    private static List<String> chunks(Connection connection, Instant horizon) throws SQLException {
        List<String> drops = new ArrayList<>();
        String old = "('event', older_than => '" + horizon + "'::timestamptz)";
        new Sql().add("SELECT count(*) FROM public.show_chunks" + old).forEach(connection, row -> {
            if (row.getLong(1) > 0) {
                drops.add("SELECT public.drop_chunks" + old);
            }
        });
        return drops;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
