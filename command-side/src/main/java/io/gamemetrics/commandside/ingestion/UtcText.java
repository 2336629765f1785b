package io.gamemetrics.commandside.ingestion;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads instants in the one form nearly all are sent in, without what java.time's parser does to take any. */
final class UtcText {

    private static final int TO_SECONDS = "2026-11-22T10:15:30".length();
    private static final int MOST_DIGITS = 9;
    private static final int MILLIS_DIGITS = 3;
    private static final int SECONDS_A_DAY = 86_400;

    private UtcText() {}

    /**
     * The instant in {@code 2026-11-22T10:15:30Z}, with up to nine digits of a second, of which three count.
     *
     * @return absent for a text of any other form, which may be an instant all the same
     * @throws DateTimeException for a day there is not
     */
    static @Nullable Instant millis(String text) {
        int end = text.length() - 1;
        if (end < TO_SECONDS
                || end == TO_SECONDS + 1
                || end > TO_SECONDS + 1 + MOST_DIGITS
                || text.charAt(end) != 'Z'
                || (end > TO_SECONDS && text.charAt(TO_SECONDS) != '.')
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, TO_SECONDS);
        int fraction = end == TO_SECONDS ? 0 : digits(text, TO_SECONDS + 1, end);
        boolean isKnown = (year | month | day | hour | minute | second | fraction) >= 0;
        if (!isKnown || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        int millis = fraction;
        for (int digit = end - TO_SECONDS - 1; digit > MILLIS_DIGITS; digit--) {
            millis /= 10;
        }
        for (int digit = Math.max(0, end - TO_SECONDS - 1); digit < MILLIS_DIGITS; digit++) {
            millis *= 10;
        }
        long seconds =
                LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY + hour * 3_600L + minute * 60L + second;
        return Instant.ofEpochSecond(seconds, millis * 1_000_000L);
    }

    /** -1 where anything but a digit stands. */
    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
