package io.gamemetrics.commandside.ingestion;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event's checked values by field name. Asking for a required one that the table does not require is a defect. */
final class FieldValues {

    private final Map<String, Object> values = new HashMap<>();

    void put(String name, Object value) {
        values.put(name, value);
    }

    <T> T required(String name, Class<T> type) {
        T value = optional(name, type);
        if (value == null) {
            throw new IllegalStateException("the table of fields must require: " + name);
        }
        return value;
    }

    <T> @Nullable T optional(String name, Class<T> type) {
        return type.cast(values.get(name));
    }

    String text(String name) {
        return required(name, String.class);
    }

    @Nullable
    String optionalText(String name) {
        return optional(name, String.class);
    }

    long whole(String name) {
        return required(name, Long.class);
    }

    @Nullable
    Long optionalWhole(String name) {
        return optional(name, Long.class);
    }

    BigDecimal fraction(String name) {
        return required(name, BigDecimal.class);
    }

    @Nullable
    BigDecimal optionalFraction(String name) {
        return optional(name, BigDecimal.class);
    }

    Currency currency(String name) {
        return required(name, Currency.class);
    }

    /** The entries of an object; empty when it is absent. */
    @SuppressWarnings("unchecked") // Only FieldKind.Texts and FieldKind.Values put maps here.
    <V> Map<String, V> map(String name) {
        Map<String, V> map = (Map<String, V>) values.get(name);
        return map == null ? Map.of() : map;
    }
}
