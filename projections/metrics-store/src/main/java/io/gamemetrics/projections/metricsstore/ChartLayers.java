package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.TimeRanges.Range;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a chart's sums are read: made half hours and minutes where nothing came since they were made, the events
 * themselves where something did or a bucket cuts through. Together they are the chart's time, each instant once.
 */
record ChartLayers(TimeRanges halfHours, TimeRanges minutes, TimeRanges events) {

    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HALF_HOUR = Duration.ofMinutes(30);

    /** Past so many stretches a statement takes longer to plan than the events to read. */
    private static final int MOST = 200;

    private static final String MADE =
            "SELECT game, played, segment, kind, name, currency, bucket AS occurred_at, events,"
                    + " lengths, length_millis, micros, value_count, value FROM ";
    private static final String EVENTS =
            "SELECT game, player >= 0 AS played, segment, kind, name, currency, occurred_at,"
                    + " 1 AS events, (length_millis IS NOT NULL)::int AS lengths, length_millis, micros,"
                    + " (value IS NOT NULL)::int AS value_count, value FROM event";

    /** Only the events. */
    static ChartLayers ofEvents(Buckets buckets) {
        return new ChartLayers(TimeRanges.NONE, TimeRanges.NONE, TimeRanges.of(buckets.from(), buckets.to()));
    }

    /** As far as the charts are made. */
    static ChartLayers read(Connection connection, Buckets buckets) throws SQLException {
        TimeRanges touched = touched(connection, buckets);
        TimeRanges all = TimeRanges.of(buckets.from(), buckets.to());
        TimeRanges halfHours =
                isCutAt(buckets, HALF_HOUR) ? all.without(touched).wholeUnits(HALF_HOUR) : TimeRanges.NONE;
        TimeRanges rest = all.without(halfHours);
        TimeRanges minutes = isCutAt(buckets, MINUTE) ? rest.without(touched).wholeUnits(MINUTE) : TimeRanges.NONE;
        ChartLayers layers = new ChartLayers(halfHours, minutes, rest.without(minutes));
        return layers.stretches() > MOST ? ofEvents(buckets) : layers;
    }

    private static TimeRanges touched(Connection connection, Buckets buckets) throws SQLException {
        List<Range> touched = new ArrayList<>();
        new Sql()
                .add("SELECT from_at, to_at FROM chart_touched WHERE to_at > '" + buckets.from() + "' AND from_at < '"
                        + buckets.to() + "'")
                .forEach(
                        connection,
                        row -> touched.add(new Range(
                                row.getTimestamp(1).toInstant(),
                                row.getTimestamp(2).toInstant())));
        return TimeRanges.union(touched);
    }

    /** Whether no unit lies in two buckets. */
    private static boolean isCutAt(Buckets buckets, Duration unit) {
        List<Instant> inner = buckets.bounds().subList(1, buckets.bounds().size() - 1);
        return inner.stream().allMatch(at -> at.getEpochSecond() % unit.toSeconds() == 0 && at.getNano() == 0);
    }

    private int stretches() {
        return halfHours.ranges().size()
                + minutes.ranges().size()
                + events.ranges().size();
    }

    /** {@code (SELECT … UNION ALL …) f}: like events, each row the sum of some. */
    String from(GameRow game) {
        List<String> parts = new ArrayList<>();
        if (!halfHours.ranges().isEmpty()) {
            parts.add(MADE + "chart_half_hour WHERE game = " + game.number() + " AND " + halfHours.condition("bucket"));
        }
        if (!minutes.ranges().isEmpty()) {
            parts.add(MADE + "chart_minute WHERE game = " + game.number() + " AND " + minutes.condition("bucket"));
        }
        if (!events.ranges().isEmpty()) {
            parts.add(EVENTS + " WHERE game = " + game.number() + " AND " + events.condition("occurred_at"));
        }
        return "(" + String.join(" UNION ALL ", parts) + ") f";
    }
}
