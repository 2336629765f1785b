package io.gamemetrics.infrastructure.eventcatalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what {@link FieldWriter} wrote, and knows whether anything is left. */
final class FieldReader {

    private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);

    private final ObjectNode fields;
    private int read;

    FieldReader(ObjectNode fields) {
        this.fields = fields;
    }

    String text(String name) {
        return present(name, optionalText(name));
    }

    @Nullable
    String optionalText(String name) {
        JsonNode value = take(name);
        return value == null ? null : asText(name, value);
    }

    long number(String name) {
        return present(name, optionalNumber(name));
    }

    @Nullable
    Long optionalNumber(String name) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        require(name, value.isIntegralNumber() && value.canConvertToLong());
        return value.longValue();
    }

    @Nullable
    Integer optionalInt(String name) {
        Long value = optionalNumber(name);
        return value == null ? null : Math.toIntExact(value);
    }

    BigDecimal decimal(String name) {
        return present(name, optionalDecimal(name));
    }

    @Nullable
    BigDecimal optionalDecimal(String name) {
        JsonNode value = take(name);
        return value == null ? null : asDecimal(name, value);
    }

    BigInteger whole(String name) {
        JsonNode value = present(name, take(name));
        require(name, value.isIntegralNumber());
        return value.bigIntegerValue();
    }

    LocalDate day(String name) {
        return present(name, optionalDay(name));
    }

    @Nullable
    LocalDate optionalDay(String name) {
        String day = optionalText(name);
        return day == null ? null : LocalDate.parse(day);
    }

    List<String> words(String name) {
        JsonNode values = take(name);
        if (values == null) {
            return List.of();
        }
        require(name, values.isArray());
        List<String> words = new ArrayList<>(values.size());
        values.forEach(value -> words.add(asText(name, value)));
        return words;
    }

    boolean flag(String name) {
        JsonNode value = take(name);
        require(name, value == null || value.isBoolean());
        return value != null && value.booleanValue();
    }

    Instant instant(String name) {
        return present(name, optionalInstant(name));
    }

    @Nullable
    Instant optionalInstant(String name) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return Instant.ofEpochMilli(value.longValue());
        }
        BigInteger[] millisAndNanos = asDecimal(name, value)
                .multiply(NANOS_PER_MILLI)
                .toBigIntegerExact()
                .divideAndRemainder(BigInteger.valueOf(1_000_000));
        return Instant.ofEpochMilli(millisAndNanos[0].longValueExact()).plusNanos(millisAndNanos[1].longValueExact());
    }

    <E extends Enum<E>> E choice(String name, Class<E> family) {
        String value = text(name);
        for (E constant : family.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        throw new MisshapenException(name);
    }

    Map<String, String> texts(String name) {
        return entries(name, value -> asText(name, value));
    }

    Map<String, BigDecimal> decimals(String name) {
        return entries(name, value -> asDecimal(name, value));
    }

    Map<String, Object> values(String name) {
        return entries(name, value -> asValue(name, value));
    }

    <T> @Nullable T part(String name, Function<FieldReader, T> reader) {
        JsonNode value = take(name);
        return value == null ? null : asPart(name, value, reader);
    }

    <T> List<T> parts(String name, Function<FieldReader, T> reader) {
        JsonNode values = take(name);
        if (values == null) {
            return List.of();
        }
        require(name, values.isArray());
        List<T> parts = new ArrayList<>(values.size());
        values.forEach(value -> parts.add(asPart(name, value, reader)));
        return parts;
    }

    EventHeader header() {
        EventId eventId = new EventId(text("e"));
        Instant occurredAt = instant("o");
        String session = optionalText("s");
        return new EventHeader(
                eventId,
                occurredAt,
                session == null ? null : new SessionId(session),
                new Dimensions(optionalText("p"), optionalText("c"), optionalText("v"), texts("x")),
                flag("a"));
    }

    /** @throws MisshapenException when the object has a field nobody asked for */
    void requireNoneLeft() {
        if (read != fields.size()) {
            throw new MisshapenException("unknown");
        }
    }

    private <T> Map<String, T> entries(String name, Function<JsonNode, T> reader) {
        JsonNode values = take(name);
        if (values == null) {
            return Map.of();
        }
        require(name, values.isObject());
        Map<String, T> entries = HashMap.newHashMap(values.size());
        values.properties().forEach(entry -> entries.put(entry.getKey(), reader.apply(entry.getValue())));
        return entries;
    }

    private static <T> T asPart(String name, JsonNode value, Function<FieldReader, T> reader) {
        if (!(value instanceof ObjectNode object)) {
            throw new MisshapenException(name);
        }
        FieldReader in = new FieldReader(object);
        T part = reader.apply(in);
        in.requireNoneLeft();
        return part;
    }

    private static Object asValue(String name, JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : value.decimalValue();
        }
        return asText(name, value);
    }

    private static String asText(String name, JsonNode value) {
        require(name, value.isTextual());
        return value.textValue();
    }

    private static BigDecimal asDecimal(String name, JsonNode value) {
        require(name, value.isNumber());
        return value.decimalValue();
    }

    private @Nullable JsonNode take(String name) {
        JsonNode value = fields.get(name);
        if (value != null) {
            read++;
        }
        return value;
    }

    private static void require(String name, boolean met) {
        if (!met) {
            throw new MisshapenException(name);
        }
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new MisshapenException(name);
        }
        return value;
    }
}
