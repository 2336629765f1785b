package io.gamemetrics.projections.metricsstore;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events and players count: all parts must hold; an empty set or an absent value restricts nothing. A set holds if
 * the value is one of it; {@link Dimension#NONE} stands for what the sender did not say.
 *
 * @param platforms of the event, as are countries, appVersions and experiments
 * @param experiments labels {@code experiment:arm}; an event in one of them counts
 * @param acquisitions of the player, as are the cohort and payer
 * @param cohortFrom the earliest first day of players who count; absent: any
 * @param cohortTo the latest first day of players who count, itself included; absent: any
 * @param payer only players who ever paid, or only those who never did; absent: both
 */
public record Filter(
        Set<String> platforms,
        Set<String> countries,
        Set<String> appVersions,
        Set<String> experiments,
        Set<String> acquisitions,
        @Nullable LocalDate cohortFrom,
        @Nullable LocalDate cohortTo,
        @Nullable Boolean payer) {

    /** Everything counts. */
    public static final Filter ALL = new Filter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null, null);

    public Filter {
        platforms = Set.copyOf(platforms);
        countries = Set.copyOf(countries);
        appVersions = Set.copyOf(appVersions);
        experiments = Set.copyOf(experiments);
        acquisitions = Set.copyOf(acquisitions);
    }

    /** Whether nothing is left out. */
    public boolean isAll() {
        return equals(ALL);
    }
}
