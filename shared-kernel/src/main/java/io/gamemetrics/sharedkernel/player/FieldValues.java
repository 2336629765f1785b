package io.gamemetrics.sharedkernel.player;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** The values of a custom event in the one form each has, so that equal values are equal objects wherever they come from. */
final class FieldValues {

    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private FieldValues() {}

    /**
     * The same values: a whole number that fits is a {@link Long}, any other number a {@link BigDecimal} without trailing
     * zeros.
     *
     * @throws IllegalArgumentException when a value is no text, truth value or number
     */
    static Map<String, Object> canonical(Map<String, Object> values) {
        Map<String, Object> canonical = HashMap.newHashMap(values.size());
        values.forEach((name, value) -> canonical.put(name, canonical(value)));
        return Map.copyOf(canonical);
    }

    private static Object canonical(Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean truth -> truth;
            case Long number -> number;
            case Integer number -> number.longValue();
            case BigDecimal number -> canonical(number);
            case BigInteger number -> canonical(new BigDecimal(number));
            case Double number -> canonical(BigDecimal.valueOf(number));
            default ->
                throw new IllegalArgumentException("a field must be text, number or truth value: class="
                        + value.getClass().getName());
        };
    }

    private static Object canonical(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        boolean isLong =
                stripped.scale() <= 0 && stripped.compareTo(LONG_MIN) >= 0 && stripped.compareTo(LONG_MAX) <= 0;
        if (isLong) {
            return stripped.longValueExact();
        }
        return stripped;
    }
}
