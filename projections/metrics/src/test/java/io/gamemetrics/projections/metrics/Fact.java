package io.gamemetrics.projections.metrics;

import io.gamemetrics.projections.metricsstore.Dimension;
import io.gamemetrics.projections.metricsstore.Filter;
import io.gamemetrics.sharedkernel.player.Dimensions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event as the oracle knows it: all of what will ever be known of it, whenever that arrives.
 *
 * @param player whom it counts for; -1 without a player
 * @param source the player in whose stream it lies
 * @param type as it is sent; of a custom event its name
 * @param length a session start's, when its end came too
 * @param micros paid, earned or, when its purchase came too, given back
 */
record Fact(
        int player,
        int source,
        long sequence,
        Instant at,
        String type,
        boolean custom,
        Dimensions dimensions,
        @Nullable Long length,
        @Nullable Long micros,
        @Nullable String currency,
        @Nullable String item,
        @Nullable BigDecimal value,
        Map<String, BigDecimal> fields,
        @Nullable String acquisition) {

    /** The same event once its player is known to be that person. */
    Fact of(int person) {
        return new Fact(
                person,
                source,
                sequence,
                at,
                type,
                custom,
                dimensions,
                length,
                micros,
                currency,
                item,
                value,
                fields,
                acquisition);
    }

    /** What decides between two events at the same instant: the place in the stream, then own before linked. */
    static final Comparator<Fact> ORDER = Comparator.comparing(Fact::at)
            .thenComparingLong(Fact::sequence)
            .thenComparing(fact -> fact.source != fact.player)
            .thenComparingInt(Fact::source);

    boolean is(String name) {
        return type.equals(name) && !custom;
    }

    List<String> labels(Dimension dimension, Oracle.@Nullable Person person) {
        return switch (dimension) {
            case PLATFORM -> List.of(or(dimensions.platform()));
            case COUNTRY -> List.of(or(dimensions.country()));
            case APP_VERSION -> List.of(or(dimensions.appVersion()));
            case EXPERIMENT ->
                dimensions.experiments().isEmpty()
                        ? List.of("(none)")
                        : dimensions.experiments().entrySet().stream()
                                .map(e -> e.getKey() + ":" + e.getValue())
                                .toList();
            case ACQUISITION -> List.of(or(person == null ? null : person.acquisition()));
            case COHORT_DAY ->
                List.of(or(
                        person == null || person.firstDay() == null
                                ? null
                                : person.firstDay().toString()));
            case PAYER -> List.of(person == null ? "(none)" : String.valueOf(person.payer()));
        };
    }

    boolean passes(Filter where, Oracle.@Nullable Person person) {
        return in(where.platforms(), Dimension.PLATFORM, person)
                && in(where.countries(), Dimension.COUNTRY, person)
                && in(where.appVersions(), Dimension.APP_VERSION, person)
                && in(where.experiments(), Dimension.EXPERIMENT, person)
                && in(where.acquisitions(), Dimension.ACQUISITION, person)
                && (where.payer() == null || (person != null && person.payer() == where.payer()))
                && (where.cohortFrom() == null
                        || (person != null
                                && person.firstDay() != null
                                && !person.firstDay().isBefore(where.cohortFrom())))
                && (where.cohortTo() == null
                        || (person != null
                                && person.firstDay() != null
                                && !person.firstDay().isAfter(where.cohortTo())));
    }

    private boolean in(Set<String> wanted, Dimension dimension, Oracle.@Nullable Person person) {
        return wanted.isEmpty() || labels(dimension, person).stream().anyMatch(wanted::contains);
    }

    private static String or(@Nullable String value) {
        return value == null ? "(none)" : value;
    }
}
