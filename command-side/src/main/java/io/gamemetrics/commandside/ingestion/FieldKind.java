package io.gamemetrics.commandside.ingestion;

import static io.gamemetrics.commandside.ingestion.FieldProblem.FORMAT;
import static io.gamemetrics.commandside.ingestion.FieldProblem.LENGTH;
import static io.gamemetrics.commandside.ingestion.FieldProblem.RANGE;
import static io.gamemetrics.commandside.ingestion.FieldProblem.TYPE;
import static io.gamemetrics.commandside.ingestion.FieldProblem.UNKNOWN;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a field may hold: how it is read, and what the JSON Schema says of it. */
sealed interface FieldKind {

    /**
     * The checked value.
     *
     * @param raw as JSON has it: text, number, truth value, map, or {@link JsonFields.Nested}
     * @throws FieldRefusal when it is not allowed here
     */
    Object read(Object raw);

    /** Which problems a value can have; {@link FieldProblem#MISSING} aside. */
    Set<FieldProblem> problems();

    /** Text of 1 to so many characters. */
    record Text(int maxLength) implements FieldKind {
        @Override
        public String read(Object raw) {
            String text = text(raw);
            if (text.isBlank() || text.length() > maxLength) {
                throw new FieldRefusal(LENGTH, "must have 1 to " + maxLength + " characters: length=" + text.length());
            }
            return wellFormed(text);
        }

        @Override
        public Set<FieldProblem> problems() {
            return Set.of(TYPE, LENGTH, FORMAT);
        }
    }

    /** Text of a certain form. */
    record Formed(Pattern pattern, int maxLength, String rule) implements FieldKind {
        @Override
        public String read(Object raw) {
            String text = text(raw);
            if (text.length() > maxLength || !pattern.matcher(text).matches()) {
                throw new FieldRefusal(FORMAT, "must be " + rule);
            }
            return text;
        }

        @Override
        public Set<FieldProblem> problems() {
            return Set.of(TYPE, FORMAT);
        }
    }

    /** One of a few words. */
    record Word(List<String> words) implements FieldKind {
        @Override
        public String read(Object raw) {
            String text = text(raw);
            if (!words.contains(text)) {
                throw new FieldRefusal(UNKNOWN, "must be one of " + String.join(", ", words));
            }
            return text;
        }

        @Override
        public Set<FieldProblem> problems() {
            return Set.of(TYPE, UNKNOWN);
        }
    }

    /** A whole number. */
    record Whole(long min, long max) implements FieldKind {
        @Override
        public Long read(Object raw) {
            if (!(raw instanceof Number number)) {
                throw new FieldRefusal(TYPE, "must be a whole number");
            }
            BigDecimal exact = exact(number);
            if (exact.scale() > 0) {
                throw new FieldRefusal(TYPE, "must be a whole number");
            }
            if (exact.compareTo(BigDecimal.valueOf(min)) < 0 || exact.compareTo(BigDecimal.valueOf(max)) > 0) {
                throw new FieldRefusal(RANGE, "must be from " + min + " to " + max);
            }
            return exact.longValueExact();
        }

        @Override
        public Set<FieldProblem> problems() {
            return Set.of(TYPE, RANGE);
        }
    }

    /** A number of at most 18 digits before the point and 9 after it. */
    record Fraction(boolean moreThanZero) implements FieldKind {
        @Override
        public BigDecimal read(Object raw) {
            if (!(raw instanceof Number number)) {
                throw new FieldRefusal(TYPE, "must be a number");
            }
            BigDecimal exact = bounded(number);
            if (moreThanZero && exact.signum() <= 0) {
                throw new FieldRefusal(RANGE, "must be more than 0");
            }
            return exact;
        }

        @Override
        public Set<FieldProblem> problems() {
            return Set.of(TYPE, RANGE);
        }
    }

    /** An instant in ISO 8601 with its offset, kept to the millisecond. */
    record Time() implements FieldKind {
        @Override
        public Instant read(Object raw) {
            String text = text(raw);
            try {
                Instant utc = UtcText.millis(text);
                return utc != null
                        ? utc
                        : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
            } catch (DateTimeException e) {
                throw new FieldRefusal(FORMAT, "must be an instant like 2026-11-22T10:15:30.123Z");
            }
        }

        @Override
        public Set<FieldProblem> problems() {
            return Set.of(TYPE, FORMAT);
        }
    }

    /** A country by its two letters. */
    record Country() implements FieldKind {
        static final Set<String> CODES = Set.of(Locale.getISOCountries());

        @Override
        public String read(Object raw) {
            String text = text(raw);
            if (!CODES.contains(text)) {
                throw new FieldRefusal(UNKNOWN, shown(text) + "is not an ISO 3166-1 alpha-2 code");
            }
            return text;
        }

        @Override
        public Set<FieldProblem> problems() {
            return Set.of(TYPE, UNKNOWN);
        }
    }

    /** A currency by its three letters. */
    record CurrencyCode() implements FieldKind {
        @Override
        public Currency read(Object raw) {
            String text = text(raw);
            try {
                return Currency.getInstance(text);
            } catch (IllegalArgumentException e) {
                throw new FieldRefusal(UNKNOWN, shown(text) + "is not an ISO 4217 code");
            }
        }

        @Override
        public Set<FieldProblem> problems() {
            return Set.of(TYPE, UNKNOWN);
        }
    }

    /** Text by name. */
    record Texts(int maxEntries, int maxLength) implements FieldKind {
        @Override
        public Map<String, String> read(Object raw) {
            Map<String, String> texts = new HashMap<>();
            Text text = new Text(maxLength);
            entries(raw, maxEntries).forEach((name, value) -> texts.put(text.read(name), text.read(value)));
            return texts;
        }

        @Override
        public Set<FieldProblem> problems() {
            return Set.of(TYPE, LENGTH, FORMAT);
        }
    }

    /** Text, number or truth value by name. */
    record Values(int maxEntries, int maxLength) implements FieldKind {
        @Override
        public Map<String, Object> read(Object raw) {
            Map<String, Object> values = new HashMap<>();
            Text name = new Text(maxLength);
            entries(raw, maxEntries).forEach((key, value) -> values.put(name.read(key), value(value)));
            return values;
        }

        private Object value(Object raw) {
            return switch (raw) {
                case Boolean truth -> truth;
                case Number number -> bounded(number);
                case String text when text.length() <= maxLength -> wellFormed(text);
                case String text ->
                    throw new FieldRefusal(LENGTH, "must hold texts of at most " + maxLength + " characters");
                default -> throw new FieldRefusal(TYPE, "must hold only texts, numbers and truth values");
            };
        }

        @Override
        public Set<FieldProblem> problems() {
            return Set.of(TYPE, LENGTH, FORMAT, RANGE);
        }
    }

    private static Map<String, Object> entries(Object raw, int maxEntries) {
        if (!(raw instanceof JsonFields.Nested nested)) {
            throw new FieldRefusal(TYPE, "must be an object");
        }
        if (nested.entries().size() > maxEntries) {
            throw new FieldRefusal(LENGTH, "must have at most " + maxEntries + " entries");
        }
        return nested.entries();
    }

    private static String text(Object raw) {
        if (raw instanceof String text) {
            return text;
        }
        throw new FieldRefusal(TYPE, "must be a text");
    }

    /** PostgreSQL keeps no NUL, and half of a surrogate pair is no character: both would change on the way. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw new FieldRefusal(FORMAT, "must not hold NUL or half a surrogate pair");
            }
        }
        return text;
    }

    /** A code of letters is shown; anything else may be personal data that went astray. */
    private static String shown(String text) {
        return text.length() <= 3 && text.chars().allMatch(c -> c < 128 && Character.isLetter(c)) && !text.isEmpty()
                ? "'" + text + "' "
                : "";
    }

    private static BigDecimal bounded(Number number) {
        BigDecimal exact = exact(number);
        if (exact.precision() - exact.scale() > 18 || exact.scale() > 9) {
            throw new FieldRefusal(RANGE, "must have at most 18 digits before the point and 9 after it");
        }
        return exact;
    }

    /** Without trailing zeros, so that 1.0 is 1. */
    private static BigDecimal exact(Number number) {
        BigDecimal exact =
                switch (number) {
                    case BigDecimal decimal -> decimal;
                    case BigInteger integer -> new BigDecimal(integer);
                    default -> BigDecimal.valueOf(number.longValue());
                };
        BigDecimal stripped = exact.stripTrailingZeros();
        // A plain 100, not 1E+2: the form in which it comes back from the store.
        return stripped.scale() < 0 && stripped.precision() - stripped.scale() <= 20 ? stripped.setScale(0) : stripped;
    }
}
