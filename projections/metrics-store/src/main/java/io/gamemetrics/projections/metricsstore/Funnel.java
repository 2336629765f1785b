package io.gamemetrics.projections.metricsstore;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many players got how far through some steps.
 *
 * @param series one, or one for each value of the dimension asked for, most players in the first step first
 */
public record Funnel(List<Series> series) {

    public Funnel {
        series = List.copyOf(series);
    }

    /** @param value the dimension's value; null when no dimension was asked for */
    public record Series(@Nullable String value, List<Step> steps) {
        public Series {
            steps = List.copyOf(steps);
        }
    }

    /**
     * @param name the event's name, as {@link EventName#name}
     * @param players distinct players who got here
     * @param ofFirst players / those of the first step, six decimals; null when nobody began
     * @param ofPrevious players / those of the step before, six decimals; null when nobody got that far; 1 of the first
     */
    public record Step(
            String name,
            long players,
            @Nullable BigDecimal ofFirst,
            @Nullable BigDecimal ofPrevious) {}
}
