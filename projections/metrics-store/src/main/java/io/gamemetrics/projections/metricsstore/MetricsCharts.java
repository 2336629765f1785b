package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.projections.metricsstore.TimeRanges.Range;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the sums that charts of minutes and hours are read from, where TimescaleDB keeps them. What is touched while they
 * are made stays marked, so an answer is exact before, during and after. Safe for concurrent use by several processes:
 * one of them works.
 */
public final class MetricsCharts {

    /** Marks taken at once. */
    private static final int MOST = 10_000;

    private final ModelSchema schema;
    private final boolean made;

    /** @param schema of a version that {@link MetricsSchema#migrate} has been run for */
    public MetricsCharts(ModelSchema schema) {
        this.schema = schema;
        this.made = MetricsSchema.engine(schema) == MetricsSchema.Engine.TIMESCALEDB;
    }

    /** Whether they are made at all; if not, every question is answered from the events. */
    public boolean areMade() {
        return made;
    }

    /** Makes what was touched. */
    public void make() {
        if (!made) {
            return;
        }
        try {
            UpkeepLock.CHARTS.whileHeld(schema, MetricsCharts::makeTouched);
        } catch (SQLException e) {
            throw new MetricsStoreException("charts not made", e);
        }
    }

    private static void makeTouched(Connection connection) throws SQLException {
        List<Long> marks = new ArrayList<>();
        List<Range> ranges = new ArrayList<>();
        new Sql()
                .add("SELECT id, from_at, to_at FROM chart_touched ORDER BY id LIMIT " + MOST)
                .forEach(connection, row -> {
                    marks.add(row.getLong(1));
                    ranges.add(new Range(
                            row.getTimestamp(2).toInstant(), row.getTimestamp(3).toInstant()));
                });
        TimeRanges touched = TimeRanges.union(ranges);
        refresh(connection, "chart_minute", touched);
        refresh(connection, "chart_half_hour", touched.coveringUnits(ChartLayers.HALF_HOUR));
        // Only the marks that were there before: who came meanwhile may not be in.
        Columns done = new Columns("int8");
        marks.forEach(done::add);
        done.execute(connection, "DELETE FROM chart_touched WHERE id IN (SELECT * FROM " + done.unnest() + ")");
    }

    /** By force: the marks say what is to be made, not TimescaleDB's own. */
    private static void refresh(Connection connection, String chart, TimeRanges ranges) throws SQLException {
        for (Range range : ranges.ranges()) {
            try (PreparedStatement statement = connection.prepareStatement("CALL public.refresh_continuous_aggregate('"
                    + chart + "', '" + range.from() + "'::timestamptz, '" + range.to()
                    + "'::timestamptz, force => true)")) {
                statement.execute();
            }
        }
    }

    /**
     * Takes away what was made of events that are dropped: made again of nothing, it is nothing. Chunks of charts are too
     * long to wait for.
     */
    static void forget(Connection connection, Instant horizon) throws SQLException {
        Instant[] first = {horizon};
        new Sql()
                .add(
                        "SELECT min(range_start) FROM timescaledb_information.chunks WHERE hypertable_schema = current_schema()"
                                + " AND hypertable_name = 'event' HAVING min(range_start) < '" + horizon + "'")
                .forEach(connection, row -> first[0] = row.getTimestamp(1).toInstant());
        for (String chart : new String[] {"chart_minute", "chart_half_hour"}) {
            boolean[] some = {false};
            new Sql()
                    .add("SELECT EXISTS (SELECT FROM " + chart + " WHERE bucket < '" + first[0] + "')")
                    .forEach(connection, row -> some[0] = row.getBoolean(1));
            if (some[0]) {
                try (PreparedStatement statement =
                        connection.prepareStatement("CALL public.refresh_continuous_aggregate('" + chart + "', NULL, '"
                                + first[0] + "'::timestamptz, force => true)")) {
                    statement.execute();
                }
            }
        }
    }

    /** Marks the minutes of a flush, in its transaction. */
    static void touch(Connection connection, TimeRanges minutes) throws SQLException {
        Columns columns = new Columns("timestamptz", "timestamptz");
        minutes.ranges().forEach(range -> columns.add(range.from(), range.to()));
        columns.execute(connection, "INSERT INTO chart_touched (from_at, to_at) SELECT * FROM " + columns.unnest());
    }
}
