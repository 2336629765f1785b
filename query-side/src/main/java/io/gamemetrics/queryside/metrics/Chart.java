package io.gamemetrics.queryside.metrics;

import io.gamemetrics.projections.metricsstore.Dimension;
import io.gamemetrics.projections.metricsstore.Granularity;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.limits.Ranges;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all charts have in common, once it is known to be within the limits. */
record Chart(List<Dimension> by, int top) {

    private static final int MAX_DIMENSIONS = 3;
    private static final int DEFAULT_TOP = 20;

    static Chart of(
            Granularity granularity, Instant from, Instant to, @Nullable List<Dimension> by, @Nullable Integer top) {
        Ranges.checkMoments(from, to);
        // A local day can be an hour short, and the range may cut a bucket at each end.
        long buckets = Duration.between(from, to).dividedBy(lengthOf(granularity)) + 1;
        if (buckets > MetricsReader.MAX_BUCKETS) {
            throw QueryRefused.badInput("a chart must have at most " + MetricsReader.MAX_BUCKETS + " buckets");
        }
        List<Dimension> dimensions = by == null ? List.of() : by;
        if (dimensions.size() > MAX_DIMENSIONS || Set.copyOf(dimensions).size() < dimensions.size()) {
            throw QueryRefused.badInput("by must have at most " + MAX_DIMENSIONS + " different dimensions");
        }
        int series = top == null ? DEFAULT_TOP : top;
        Ranges.checkBetween("top", series, 1, MetricsReader.MAX_SERIES);
        return new Chart(dimensions, series);
    }

    private static Duration lengthOf(Granularity granularity) {
        return switch (granularity) {
            case MINUTE -> ChronoUnit.MINUTES.getDuration();
            case HOUR -> ChronoUnit.HOURS.getDuration();
            case DAY -> ChronoUnit.DAYS.getDuration();
        };
    }
}
