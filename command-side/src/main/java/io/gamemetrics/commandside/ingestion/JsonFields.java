package io.gamemetrics.commandside.ingestion;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event's top-level fields as JSON has them, before anything is checked. A null is an absent field. */
final class JsonFields {

    private final Map<String, Object> values = new LinkedHashMap<>();
    private @Nullable String repeated;

    /**
     * An object inside the event.
     *
     * @param entries texts, numbers, truth values; whatever is nested deeper is {@link #DEEPER}
     */
    record Nested(Map<String, Object> entries) {

        @Override
        public String toString() {
            return "Nested[entries=" + entries.size() + "]";
        }
    }

    /** Stands for an array, a null, or an object within an object: allowed nowhere. */
    static final Object DEEPER = new Object();

    void put(String name, @Nullable Object value) {
        if (value != null && values.put(name, value) != null) {
            repeated = name;
        }
    }

    @Nullable
    Object get(String name) {
        return values.get(name);
    }

    Iterable<String> names() {
        return values.keySet();
    }

    /** A name that stood there twice; absent when there is none. */
    @Nullable
    String repeated() {
        return repeated;
    }
}
