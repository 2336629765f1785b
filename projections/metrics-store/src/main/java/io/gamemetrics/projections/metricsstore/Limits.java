package io.gamemetrics.projections.metricsstore;

import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;

/** What may be asked at most; each check throws {@link IllegalArgumentException} with the argument's name. */
final class Limits {

    private static final Duration LONGEST_FUNNEL = Duration.ofDays(366);

    private Limits() {}

    static void days(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to must not be before from");
        }
        if (ChronoUnit.DAYS.between(from, to) >= MetricsReader.MAX_DAYS) {
            throw new IllegalArgumentException("from and to must span at most " + MetricsReader.MAX_DAYS + " days");
        }
    }

    static void series(List<Dimension> by, int top) {
        if (by.size() > 3 || new HashSet<>(by).size() < by.size()) {
            throw new IllegalArgumentException("by must hold at most three different dimensions");
        }
        if (top < 1 || top > MetricsReader.MAX_SERIES) {
            throw new IllegalArgumentException("top must be 1 to " + MetricsReader.MAX_SERIES + ": top=" + top);
        }
    }

    static void retention(List<Integer> days) {
        if (days.isEmpty() || days.size() > 100 || days.stream().anyMatch(day -> day < 0 || day > 3_650)) {
            throw new IllegalArgumentException("days must be 1 to 100 numbers from 0 to 3650");
        }
    }

    static void funnel(List<String> steps, Duration within) {
        if (steps.isEmpty() || steps.size() > MetricsReader.MAX_STEPS) {
            throw new IllegalArgumentException("steps must be 1 to " + MetricsReader.MAX_STEPS);
        }
        if (within.isNegative() || within.compareTo(LONGEST_FUNNEL) > 0) {
            throw new IllegalArgumentException("within must be 0 to 366 days");
        }
    }

    static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + name + "=" + value);
        }
    }
}
