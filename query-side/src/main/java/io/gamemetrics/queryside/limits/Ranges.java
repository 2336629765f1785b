package io.gamemetrics.queryside.limits;

import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.queryside.errors.QueryRefused;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Checks that arguments of several fields share. Messages name the argument and its limit, not what was sent. */
public final class Ranges {

    private static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9_999, 12, 31);

    private Ranges() {}

    /**
     * A range of days, both ends included.
     *
     * @throws QueryRefused when it ends before it begins or is too long
     */
    public static void checkDays(LocalDate from, LocalDate to) {
        checkDay("from", from);
        checkDay("to", to);
        if (to.isBefore(from)) {
            throw QueryRefused.badInput("to must not be before from");
        }
        if (ChronoUnit.DAYS.between(from, to) >= MetricsReader.MAX_DAYS) {
            throw QueryRefused.badInput("a range must have at most " + MetricsReader.MAX_DAYS + " days");
        }
    }

    /** @throws QueryRefused when the day is not in the years 1970 to 9999 */
    public static void checkDay(String name, LocalDate day) {
        if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
            throw QueryRefused.badInput(name + " must be in the years 1970 to 9999");
        }
    }

    /**
     * A range of moments, the second left out.
     *
     * @throws QueryRefused when it ends before it begins or lies outside the years 1970 to 9999
     */
    public static void checkMoments(Instant from, Instant to) {
        if (from.isBefore(Instant.EPOCH) || to.isAfter(Instant.parse("9999-12-31T00:00:00Z"))) {
            throw QueryRefused.badInput("from and to must be in the years 1970 to 9999");
        }
        if (!from.isBefore(to)) {
            throw QueryRefused.badInput("to must be after from");
        }
    }

    /** @throws QueryRefused when the number is not in the range, both ends included */
    public static void checkBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw QueryRefused.badInput(name + " must be " + least + " to " + most);
        }
    }
}
