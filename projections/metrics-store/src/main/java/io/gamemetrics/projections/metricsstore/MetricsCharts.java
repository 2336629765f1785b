package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.TimeRanges.Range;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Makes the sums that charts of minutes and hours are read from, where TimescaleDB keeps them. What is touched while they
 * are made stays marked, so an answer is exact before, during and after. Safe for concurrent use by several processes:
 * one of them works.
 */
public final class MetricsCharts {

    /** Marks taken at once. */
    private static final int MOST = 10_000;

    /** Any number that nobody else locks in this database. */
    private static final long LOCK = 0x6368_6172_7473L;

    private final DataSource database;
    private final boolean made;

    /** @param database one that {@link MetricsSchema#migrate} has been run on */
    public MetricsCharts(DataSource database) {
        this.database = database;
        this.made = MetricsSchema.engine(database) == MetricsSchema.Engine.TIMESCALEDB;
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
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            if (!lock(connection)) {
                return;
            }
            try {
                makeTouched(connection);
            } finally {
                unlock(connection);
            }
        } catch (SQLException e) {
            throw new MetricsStoreException("charts not made", e);
        }
    }

    private static void makeTouched(Connection connection) throws SQLException {
        List<Long> marks = new ArrayList<>();
        List<Range> ranges = new ArrayList<>();
        new Sql()
                .add("SELECT id, from_at, to_at FROM metrics.chart_touched ORDER BY id LIMIT " + MOST)
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
        done.execute(connection, "DELETE FROM metrics.chart_touched WHERE id IN (SELECT * FROM " + done.unnest() + ")");
    }

    /** By force: the marks say what is to be made, not TimescaleDB's own. */
    private static void refresh(Connection connection, String chart, TimeRanges ranges) throws SQLException {
        for (Range range : ranges.ranges()) {
            try (PreparedStatement statement = connection.prepareStatement("CALL refresh_continuous_aggregate('metrics."
                    + chart + "', '" + range.from() + "'::timestamptz, '" + range.to()
                    + "'::timestamptz, force => true)")) {
                statement.execute();
            }
        }
    }

    private static boolean lock(Connection connection) throws SQLException {
        boolean[] locked = {false};
        new Sql()
                .add("SELECT pg_try_advisory_lock(" + LOCK + ")")
                .forEach(connection, row -> locked[0] = row.getBoolean(1));
        return locked[0];
    }

    private static void unlock(Connection connection) throws SQLException {
        new Sql().add("SELECT pg_advisory_unlock(" + LOCK + ")").forEach(connection, row -> {});
    }

    /** Marks the minutes of a flush, in its transaction. */
    static void touch(Connection connection, TimeRanges minutes) throws SQLException {
        Columns columns = new Columns("timestamptz", "timestamptz");
        minutes.ranges()
                .forEach(
                        range -> columns.add(range.from().toString(), range.to().toString()));
        columns.execute(
                connection, "INSERT INTO metrics.chart_touched (from_at, to_at) SELECT * FROM " + columns.unnest());
    }
}
