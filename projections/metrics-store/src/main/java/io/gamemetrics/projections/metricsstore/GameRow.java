package io.gamemetrics.projections.metricsstore;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A game's settings as the metrics know them.
 *
 * @param anyEvent whether any event makes a player active on its day, or only a session's start
 * @param daysFrom the first day that is counted, where the events of earlier ones were gone when the time zone changed;
 *     absent: every day is
 */
record GameRow(
        int number,
        String gameId,
        ZoneId zone,
        String currency,
        boolean anyEvent,
        long incarnation,
        long position,
        @Nullable LocalDate daysFrom) {

    LocalDate dayOf(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }

    /** Whether a day's numbers are counted at all. */
    boolean counts(LocalDate day) {
        return daysFrom == null || !day.isBefore(daysFrom);
    }

    Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** The day of the first activity, given the first event and the first session start; absent: never active. */
    @Nullable
    LocalDate firstDay(Instant firstAny, @Nullable Instant firstSession) {
        Instant first = anyEvent ? firstAny : firstSession;
        return first == null ? null : dayOf(first);
    }

    /** Whether who did that on a day was active on it. */
    boolean isActive(DayFold.Counts counts) {
        return anyEvent ? counts.events > 0 : counts.sessions > 0;
    }

    /** Whether this was said before the other: within an incarnation positions only grow. */
    boolean isOlderThan(GameRow other) {
        return incarnation != other.incarnation || position < other.position;
    }

    /** The same settings, counted from that day on. */
    GameRow countedFrom(@Nullable LocalDate day) {
        return new GameRow(number, gameId, zone, currency, anyEvent, incarnation, position, day);
    }

    boolean countsDifferentlyFrom(GameRow other) {
        return anyEvent != other.anyEvent || !zone.equals(other.zone);
    }
}
