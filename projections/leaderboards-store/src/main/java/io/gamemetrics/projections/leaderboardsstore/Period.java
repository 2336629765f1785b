package io.gamemetrics.projections.leaderboardsstore;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a list is over: all time, or one day, ISO week (from Monday) or month of the game's calendar.
 *
 * @param firstDay the period's first day; 1970-01-01 for all time
 */
public record Period(Kind kind, LocalDate firstDay) {

    /** Everything that ever occurred. */
    public static final Period ALL_TIME = new Period(Kind.ALL_TIME, LocalDate.EPOCH);

    private static final Pattern WEEK = Pattern.compile("(\\d{4})-W(\\d{2})");

    /** How long a period is. */
    public enum Kind {
        ALL_TIME,
        DAILY,
        WEEKLY,
        MONTHLY
    }

    /** The period of this kind that holds a day. */
    public static Period of(Kind kind, LocalDate day) {
        return switch (kind) {
            case ALL_TIME -> ALL_TIME;
            case DAILY -> new Period(kind, day);
            case WEEKLY -> new Period(kind, day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case MONTHLY -> new Period(kind, day.withDayOfMonth(1));
        };
    }

    /** The four periods that hold a day. */
    static List<Period> around(LocalDate day) {
        return List.of(ALL_TIME, of(Kind.DAILY, day), of(Kind.WEEKLY, day), of(Kind.MONTHLY, day));
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException when it names no period
     */
    public static Period parse(String text) {
        Matcher week = WEEK.matcher(text);
        try {
            Period period;
            if (text.equals(Kind.ALL_TIME.name())) {
                period = ALL_TIME;
            } else if (week.matches()) {
                period = week(Integer.parseInt(week.group(1)), Integer.parseInt(week.group(2)));
            } else if (text.length() == 7) {
                period = new Period(Kind.MONTHLY, YearMonth.parse(text).atDay(1));
            } else {
                period = new Period(Kind.DAILY, LocalDate.parse(text));
            }
            // A week 53 of a year that has none is a week of the next year under a wrong name.
            if (period.toString().equals(text)) {
                return period;
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(rule(), e);
        }
        throw new IllegalArgumentException(rule());
    }

    /** The first moment after it; absent for all time. */
    public Optional<Instant> end(ZoneId zone) {
        return switch (kind) {
            case ALL_TIME -> Optional.empty();
            case DAILY -> Optional.of(startOf(firstDay.plusDays(1), zone));
            case WEEKLY -> Optional.of(startOf(firstDay.plusWeeks(1), zone));
            case MONTHLY -> Optional.of(startOf(firstDay.plusMonths(1), zone));
        };
    }

    /** {@code ALL_TIME}, {@code 2026-11-22}, {@code 2026-W47} or {@code 2026-11}. */
    @Override
    public String toString() {
        return switch (kind) {
            case ALL_TIME -> kind.name();
            case DAILY -> firstDay.toString();
            case WEEKLY ->
                String.format(
                        Locale.ROOT,
                        "%04d-W%02d",
                        firstDay.get(IsoFields.WEEK_BASED_YEAR),
                        firstDay.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTHLY -> YearMonth.from(firstDay).toString();
        };
    }

    private static Period week(int year, int number) {
        LocalDate inFirstWeek = LocalDate.of(year, 1, 4);
        return of(Kind.WEEKLY, inFirstWeek.plusWeeks(number - 1L));
    }

    private static Instant startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    private static String rule() {
        return "a period must be ALL_TIME, a day like 2026-11-22, a week like 2026-W47 or a month like 2026-11";
    }
}
