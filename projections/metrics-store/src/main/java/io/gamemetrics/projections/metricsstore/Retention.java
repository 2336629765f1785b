package io.gamemetrics.projections.metricsstore;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who came back exactly n days after their first day.
 *
 * @param through the last day that counts as observed; null when the game never had an active player and none was asked for
 * @param cohorts every first day of the range, those without players included
 * @param summary one for each n asked for, over all cohorts that could be observed
 */
public record Retention(@Nullable LocalDate through, List<Cohort> cohorts, List<Point> summary) {

    public Retention {
        cohorts = List.copyOf(cohorts);
        summary = List.copyOf(summary);
    }

    /**
     * The players whose first day it is and who were active under the filter on it.
     *
     * @param points one for each n asked for, in that order
     */
    public record Cohort(LocalDate cohortDay, long size, List<Point> points) {
        public Cohort {
            points = List.copyOf(points);
        }
    }

    /**
     * @param day n: days after the first day
     * @param observed players whose day n is not after {@code through}
     * @param returned those of them who were active on it under the filter
     * @param rate returned / observed, six decimals; null when none was observed
     */
    public record Point(
            int day, long observed, long returned, @Nullable BigDecimal rate) {}
}
