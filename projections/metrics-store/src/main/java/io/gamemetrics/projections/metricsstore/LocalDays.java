package io.gamemetrics.projections.metricsstore;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * The local days of many instants, of which most are of the same day as the one before: the time zone's rules are asked once
 * for as long as they and the day stay the same. Used by one thread.
 */
final class LocalDays {

    private @Nullable GameRow game;
    private LocalDate day = LocalDate.EPOCH;
    private Instant from = Instant.MAX;
    private Instant to = Instant.MIN;

    /** As {@link GameRow#dayOf} says. */
    LocalDate of(Instant instant, GameRow asked) {
        if (!asked.equals(game) || instant.isBefore(from) || !instant.isBefore(to)) {
            game = asked;
            learn(instant, asked.zone().getRules());
        }
        return day;
    }

    /** Clocks that are put back may make a day of what was the next one already: known is only what no transition is in. */
    private void learn(Instant instant, ZoneRules rules) {
        ZoneOffset offset = rules.getOffset(instant);
        day = instant.atOffset(offset).toLocalDate();
        from = day.atStartOfDay().toInstant(offset);
        to = day.plusDays(1).atStartOfDay().toInstant(offset);
        ZoneOffsetTransition before = rules.previousTransition(instant.plusNanos(1));
        if (before != null && before.getInstant().isAfter(from)) {
            from = before.getInstant();
        }
        ZoneOffsetTransition after = rules.nextTransition(instant);
        if (after != null && after.getInstant().isBefore(to)) {
            to = after.getInstant();
        }
    }
}
