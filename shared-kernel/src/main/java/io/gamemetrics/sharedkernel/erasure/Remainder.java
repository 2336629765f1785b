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

    /** How many bytes the days of one {@link #parts part} come to at most, written as JSON; one day alone may be more. */
    public static final int MOST_BYTES = 200 * 1024;

    /** Bytes of a field's name, quotes and comma. */
    private static final int AROUND = 20;

    /** Bytes of a field that is a number, a day or a word of ours, with its name. */
    private static final int NUMBER = 40;

    /** Nothing: the person never counted. */
    public static final Remainder NONE = new Remainder(null, null, List.of());

    public Remainder {
        days = List.copyOf(days);
    }

    /**
     * The same in parts of at most {@link #MOST_DAYS} days and {@link #MOST_BYTES}, one at least, so that each is an event
     * of bearable size; each repeats the first days.
     */
    public List<Remainder> parts() {
        List<Remainder> parts = new ArrayList<>();
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < days.size(); i++) {
            long own = days.get(i).mostBytes();
            if (i > from && (i - from == MOST_DAYS || bytes + own > MOST_BYTES)) {
                parts.add(part(from, i));
                from = i;
                bytes = 0;
            }
            bytes += own;
        }
        parts.add(part(from, days.size()));
        return parts;
    }

    private Remainder part(int from, int to) {
        return new Remainder(firstDay, firstSessionDay, days.subList(from, to));
    }

    /** How many bytes a text takes in JSON at most, with what stands around it. */
    private static long mostBytes(@Nullable String text) {
        long bytes = AROUND;
        for (int i = 0; text != null && i < text.length(); i++) {
            char c = text.charAt(i);
            // A control character is written as six; a character of UTF-16 is three bytes of UTF-8 at most.
            bytes += c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : 3;
        }
        return bytes;
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

        /** How many bytes this takes as JSON at most. */
        private long mostBytes() {
            long bytes = 10 * NUMBER
                    + Remainder.mostBytes(segment.platform())
                    + Remainder.mostBytes(segment.country())
                    + Remainder.mostBytes(segment.appVersion())
                    + digits(lengthMillis);
            for (String experiment : segment.experiments()) {
                bytes += Remainder.mostBytes(experiment);
            }
            for (Amount amount : money) {
                bytes += 2 * NUMBER + Remainder.mostBytes(amount.currency()) + digits(amount.micros());
            }
            return bytes;
        }

        private static long digits(BigInteger number) {
            return number.bitLength() / 3 + 2L;
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
