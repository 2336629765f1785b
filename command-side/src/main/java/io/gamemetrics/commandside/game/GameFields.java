package io.gamemetrics.commandside.game;

import io.gamemetrics.infrastructure.web.Refusal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the fields of requests about games; what is not allowed is refused with its pointer. */
final class GameFields {

    private static final int MAX_TEXT = 256;

    private GameFields() {}

    static String text(String field, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > MAX_TEXT || value.indexOf('\0') >= 0) {
            throw invalid(field, "must have 1 to " + MAX_TEXT + " characters");
        }
        return value;
    }

    static @Nullable String optionalText(String field, @Nullable String value) {
        return value == null ? null : text(field, value);
    }

    static ZoneId zone(String field, String value) {
        return parsed(field, value, ZoneId::of, "must be a time zone like Europe/Stockholm");
    }

    static Currency currency(String field, String value) {
        return parsed(field, value, Currency::getInstance, "must be an ISO 4217 code");
    }

    static LocalDate day(String field, String value) {
        return parsed(field, value, LocalDate::parse, "must be a date like 2026-11-22");
    }

    static @Nullable Instant instant(String field, @Nullable String value) {
        return value == null
                ? null
                : parsed(
                        field,
                        value,
                        text -> OffsetDateTime.parse(text).toInstant(),
                        "must be an instant like 2026-11-22T10:15:30Z");
    }

    /** A rate of at most 12 digits before the point and 12 after it. */
    static BigDecimal rate(String field, Object value) {
        BigDecimal rate = parsed(field, String.valueOf(value), GameFields::decimal, "must be a decimal number");
        if (rate.precision() - rate.scale() > 12 || rate.scale() > 12) {
            throw invalid(field, "must have at most 12 digits before the point and 12 after it");
        }
        return rate;
    }

    static <E extends Enum<E>> E word(String field, Class<E> type, @Nullable String value) {
        if (value == null) {
            throw invalid(field, "is required");
        }
        return parsed(
                field,
                value,
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)),
                "must be one of " + Arrays.toString(type.getEnumConstants()));
    }

    private static BigDecimal decimal(String text) {
        if (text.length() > 40) {
            throw new NumberFormatException("too long");
        }
        return new BigDecimal(text).stripTrailingZeros();
    }

    private static <T> T parsed(String field, String value, Function<String, T> parse, String rule) {
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw invalid(field, rule);
        }
    }

    private static Refusal invalid(String field, String rule) {
        return new Refusal(GameProblem.FIELD_INVALID, field + ": " + rule).with("pointer", "/" + field);
    }
}
