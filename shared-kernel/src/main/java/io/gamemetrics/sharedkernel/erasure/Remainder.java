package io.gamemetrics.sharedkernel.erasure;

import io.gamemetrics.sharedkernel.money.RevenueKind;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stays of a person who was erased: what they added to days' sums and to retention. It names nobody and no moment.
 *
 * @param firstDay the game's local day of the person's first event; absent: they had none
 * @param firstSessionDay the local day of their first session's start; absent: they had none
 * @param days what they added, at most one a day and segment
 */
public record Remainder(
        @Nullable LocalDate firstDay, @Nullable LocalDate firstSessionDay, List<Day> days) {

    /** What a value of a dimension is called that too few others share. */
    public static final String OTHER = "(other)";

    /** With fewer others in a segment on a day, what is left of a person goes to {@link Segment#OTHERS}. */
    public static final int FEWEST_OTHERS = 5;

    /** How many days one {@link #parts part} has at most. */
    public static final int MOST_DAYS = 1_000;

    /** Nothing: the person never counted. */
    public static final Remainder NONE = new Remainder(null, null, List.of());

    public Remainder {
        days = List.copyOf(days);
    }

    /** The same in parts of at most {@link #MOST_DAYS} days, one at least; each repeats the first days. */
    public List<Remainder> parts() {
        List<Remainder> parts = new ArrayList<>();
        for (int from = 0; from == 0 || from < days.size(); from += MOST_DAYS) {
            parts.add(new Remainder(
                    firstDay, firstSessionDay, days.subList(from, Math.min(days.size(), from + MOST_DAYS))));
        }
        return parts;
    }

    /**
     * What events of one local day and segment come to.
     *
     * @param events all of them
     * @param sessions that started
     * @param lengths sessions of known length
     * @param lengthMillis those lengths together
     * @param purchases all of them, those of amount 0 too
     * @param paid purchases of more than 0
     */
    public record Day(
            LocalDate day,
            Segment segment,
            long events,
            long sessions,
            long lengths,
            BigInteger lengthMillis,
            long purchases,
            long paid,
            List<Amount> money) {

        public Day {
            money = List.copyOf(money);
        }
    }

    /** Micros of a currency, 0 or more. */
    public record Amount(RevenueKind kind, String currency, BigInteger micros) {}

    /**
     * What a day's events are split by; each is absent when the sender did not say.
     *
     * @param experiments {@code experiment:arm}, in order
     */
    public record Segment(
            @Nullable String platform,
            @Nullable String country,
            @Nullable String appVersion,
            List<String> experiments) {

        /** All segments that too few others share. */
        public static final Segment OTHERS = new Segment(OTHER, OTHER, OTHER, List.of());

        public Segment {
            experiments = List.copyOf(experiments);
        }
    }
}
