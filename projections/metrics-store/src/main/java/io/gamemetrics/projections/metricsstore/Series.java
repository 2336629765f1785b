package io.gamemetrics.projections.metricsstore;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a chart.
 *
 * @param labels one for each dimension asked for, in that order; empty when none was
 * @param total the same figure over the whole range at once (distinct players are counted once; new ones in the
 *     bucket of their first activity); null as in {@link Point}
 * @param points every bucket of the range in order, those without events included
 */
public record Series(List<Label> labels, @Nullable BigDecimal total, List<Point> points) {

    public Series {
        labels = List.copyOf(labels);
        points = List.copyOf(points);
    }

    /** @param value as a {@link Filter} takes it, or {@link Dimension#OTHER} */
    public record Label(Dimension dimension, String value) {}

    /**
     * One bucket.
     *
     * @param from the bucket's first instant, or the range's when that is later
     * @param day the local day the bucket lies in
     * @param value counts and micros are whole numbers; null for a ratio over nothing
     */
    public record Point(
            Instant from, LocalDate day, @Nullable BigDecimal value) {}
}
