package io.gamemetrics.projections.metricsstore;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/**
 * The buckets of a range, as Java's time zones cut it; the database only looks up between which bounds an instant lies.
 *
 * @param bounds the first instant of each bucket, then the end of the last; ascending, equal where a zone skipped a day
 * @param days each bucket's local day
 * @param wholeDays whether the buckets are whole local days
 */
record Buckets(List<Instant> bounds, List<LocalDate> days, boolean wholeDays) {

    static Buckets of(Granularity granularity, Instant from, Instant to, GameRow game) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("to must be after from");
        }
        long least = Duration.between(from, to).toSeconds() / (granularity == Granularity.MINUTE ? 60 : 3_600);
        limit(granularity == Granularity.DAY ? least / 25 : least);
        if (granularity == Granularity.DAY) {
            return ofDays(from, to, game);
        }
        List<Instant> bounds = new ArrayList<>();
        List<LocalDate> days = new ArrayList<>();
        for (Instant at = from; at.isBefore(to); at = next(granularity, at, game.zone())) {
            bounds.add(at);
            days.add(game.dayOf(at));
        }
        limit(bounds.size());
        bounds.add(to);
        return new Buckets(bounds, days, false);
    }

    /** Whole local days, both included. */
    static Buckets ofDays(LocalDate from, LocalDate to, GameRow game) {
        List<LocalDate> days = from.datesUntil(to.plusDays(1)).toList();
        List<Instant> bounds = new ArrayList<>();
        days.forEach(day -> bounds.add(game.startOf(day)));
        bounds.add(game.startOf(to.plusDays(1)));
        return new Buckets(bounds, days, true);
    }

    private static Buckets ofDays(Instant from, Instant to, GameRow game) {
        Buckets whole = ofDays(game.dayOf(from), game.dayOf(to.minusNanos(1)), game);
        if (whole.from().equals(from) && whole.to().equals(to)) {
            return whole;
        }
        List<Instant> bounds = new ArrayList<>(whole.bounds);
        bounds.set(0, from);
        bounds.set(bounds.size() - 1, to);
        return new Buckets(bounds, whole.days, false);
    }

    private static void limit(long buckets) {
        if (buckets > MetricsReader.MAX_BUCKETS) {
            throw new IllegalArgumentException(
                    "from and to must hold at most " + MetricsReader.MAX_BUCKETS + " buckets: buckets=" + buckets);
        }
    }

    private static Instant next(Granularity granularity, Instant at, ZoneId zone) {
        int length = granularity == Granularity.MINUTE ? 60 : 3_600;
        int offset = zone.getRules().getOffset(at).getTotalSeconds();
        long into = Math.floorMod(at.getEpochSecond() + offset, length);
        Instant next = Instant.ofEpochSecond(at.getEpochSecond() - into + length);
        ZoneOffsetTransition transition = zone.getRules().nextTransition(at);
        // Where clocks move by half an hour, the local hour is cut there and begins anew.
        return transition != null
                        && transition.getInstant().isBefore(next)
                        && (transition.getOffsetAfter().getTotalSeconds() - offset) % length != 0
                ? transition.getInstant()
                : next;
    }

    Instant from() {
        return bounds.getFirst();
    }

    Instant to() {
        return bounds.getLast();
    }

    int size() {
        return days.size();
    }
}
