package io.gamemetrics.infrastructure.eventcatalog;

import static java.time.temporal.ChronoUnit.MILLIS;
import static java.time.temporal.ChronoUnit.NANOS;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gamemetrics.sharedkernel.player.EventHeader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes an event's fields as one compact JSON object, always in the same order. What is absent or empty is left out. */
final class FieldWriter {

    private final JsonGenerator json;

    FieldWriter(JsonGenerator json) {
        this.json = json;
    }

    /** One write to the generator. */
    private interface Write {
        void run() throws IOException;
    }

    FieldWriter text(String name, @Nullable String value) {
        return value == null ? this : write(() -> json.writeStringField(name, value));
    }

    FieldWriter number(String name, @Nullable Long value) {
        return value == null ? this : write(() -> json.writeNumberField(name, value));
    }

    FieldWriter number(String name, @Nullable Integer value) {
        return value == null ? this : number(name, Long.valueOf(value));
    }

    FieldWriter decimal(String name, @Nullable BigDecimal value) {
        return value == null ? this : write(() -> json.writeNumberField(name, value));
    }

    /** A number without a fraction, of any size. */
    FieldWriter whole(String name, BigInteger value) {
        return write(() -> {
            json.writeFieldName(name);
            json.writeNumber(value);
        });
    }

    FieldWriter day(String name, @Nullable LocalDate value) {
        return value == null ? this : text(name, value.toString());
    }

    /** Texts in their order; left out when there is none. */
    FieldWriter words(String name, List<String> values) {
        return values.isEmpty()
                ? this
                : write(() -> {
                    json.writeArrayFieldStart(name);
                    for (String value : values) {
                        json.writeString(value);
                    }
                    json.writeEndArray();
                });
    }

    /** True is written, false is left out. */
    FieldWriter flag(String name, boolean value) {
        return value ? write(() -> json.writeBooleanField(name, true)) : this;
    }

    /** Milliseconds since 1970, with decimals where it is finer. */
    FieldWriter instant(String name, @Nullable Instant value) {
        if (value == null) {
            return this;
        }
        long beyondMillis = NANOS.between(value.truncatedTo(MILLIS), value);
        return beyondMillis == 0
                ? number(name, value.toEpochMilli())
                : decimal(name, BigDecimal.valueOf(value.toEpochMilli()).add(BigDecimal.valueOf(beyondMillis, 6)));
    }

    /** Texts by name, in the order of the names. */
    FieldWriter texts(String name, Map<String, String> values) {
        return object(name, new TreeMap<>(values), (entries, out) -> entries.forEach(out::text));
    }

    /** Texts, truth values and numbers by name, in the order of the names. */
    FieldWriter values(String name, Map<String, Object> values) {
        return object(name, new TreeMap<>(values), (entries, out) -> entries.forEach(out::value));
    }

    /** Numbers by name, in the order of the names. */
    FieldWriter decimals(String name, Map<String, BigDecimal> values) {
        return object(name, new TreeMap<>(values), (entries, out) -> entries.forEach(out::decimal));
    }

    /** A value with fields of its own; left out when absent. */
    <T> FieldWriter part(String name, @Nullable T value, BiConsumer<T, FieldWriter> fields) {
        if (value == null) {
            return this;
        }
        write(() -> json.writeObjectFieldStart(name));
        fields.accept(value, this);
        return write(json::writeEndObject);
    }

    /** Values with fields of their own; left out when there is none. */
    <T> FieldWriter parts(String name, List<T> values, BiConsumer<T, FieldWriter> fields) {
        if (values.isEmpty()) {
            return this;
        }
        write(() -> json.writeArrayFieldStart(name));
        for (T value : values) {
            write(json::writeStartObject);
            fields.accept(value, this);
            write(json::writeEndObject);
        }
        return write(json::writeEndArray);
    }

    /** What every reported event has. One letter each: they make up half of what is stored. */
    FieldWriter header(EventHeader header) {
        var session = header.sessionId();
        var dimensions = header.dimensions();
        return text("e", header.eventId().value())
                .instant("o", header.occurredAt())
                .text("s", session == null ? null : session.value())
                .text("p", dimensions.platform())
                .text("c", dimensions.country())
                .text("v", dimensions.appVersion())
                .texts("x", dimensions.experiments())
                .flag("a", header.afterSessionEnd());
    }

    private <T extends Map<?, ?>> FieldWriter object(String name, T entries, BiConsumer<T, FieldWriter> fields) {
        return part(name, entries.isEmpty() ? null : entries, fields);
    }

    private void value(String name, Object value) {
        switch (value) {
            case String text -> text(name, text);
            case Boolean truth -> write(() -> json.writeBooleanField(name, truth));
            case Long number -> number(name, number);
            case BigDecimal number -> decimal(name, number);
            default ->
                throw new IllegalArgumentException(
                        "a field must be text, a truth value, Long or BigDecimal: class=" + value.getClass());
        }
    }

    private FieldWriter write(Write write) {
        try {
            write.run();
            return this;
        } catch (IOException e) {
            // Written to memory: only a defect here gets us there, and its message may repeat the value.
            throw new IllegalStateException(
                    "an event could not be written: " + e.getClass().getSimpleName());
        }
    }
}
