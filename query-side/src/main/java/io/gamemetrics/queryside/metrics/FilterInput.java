package io.gamemetrics.queryside.metrics;

import io.gamemetrics.projections.metricsstore.Filter;
import io.gamemetrics.queryside.errors.QueryRefused;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The schema's {@code Filter}; what is absent restricts nothing. */
public record FilterInput(
        @Nullable List<String> platform,
        @Nullable List<String> country,
        @Nullable List<String> appVersion,
        @Nullable List<String> acquisition,
        @Nullable List<String> experiment,
        @Nullable LocalDate cohortDay,
        @Nullable LocalDate cohortFrom,
        @Nullable LocalDate cohortTo,
        @Nullable Boolean payer) {

    private static final int MAX_VALUES = 100;
    private static final int MAX_LENGTH = 600;

    /** What the store is asked with; everything counts when no filter was given. */
    static Filter toFilter(@Nullable FilterInput input) {
        return input == null ? Filter.ALL : input.filter();
    }

    private Filter filter() {
        if (cohortDay != null && (cohortFrom != null || cohortTo != null)) {
            throw QueryRefused.badInput("cohortDay and cohortFrom or cohortTo exclude each other");
        }
        return new Filter(
                values("platform", platform),
                values("country", country),
                values("appVersion", appVersion),
                values("experiment", experiment),
                values("acquisition", acquisition),
                cohortDay == null ? cohortFrom : cohortDay,
                cohortDay == null ? cohortTo : cohortDay,
                payer);
    }

    private static Set<String> values(String name, @Nullable List<String> values) {
        if (values == null) {
            return Set.of();
        }
        // A list without values would otherwise quietly mean "any".
        if (values.isEmpty() || values.size() > MAX_VALUES) {
            throw QueryRefused.badInput(name + " must have 1 to " + MAX_VALUES + " values");
        }
        if (values.stream().anyMatch(value -> value.length() > MAX_LENGTH)) {
            throw QueryRefused.badInput(name + " must have values of at most " + MAX_LENGTH + " characters");
        }
        return Set.copyOf(values);
    }
}
