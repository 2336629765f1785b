package io.gamemetrics.commandside.ingestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Currency;
import java.util.TreeSet;

/** The JSON Schema of events, made from the same table that events are read by. */
public final class EventSchema {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private EventSchema() {}

    /** A schema of one event, JSON Schema 2020-12. */
    public static JsonNode document() {
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "/v1/schemas/events.json");
        schema.put("title", "An event, as it is sent to POST /v1/games/{gameId}/events");
        ArrayNode types = schema.putArray("oneOf");
        ObjectNode definitions = schema.putObject("$defs");
        for (EventShape shape : EventShapes.BY_TYPE.values()) {
            types.addObject().put("$ref", "#/$defs/" + shape.type());
            definitions.set(shape.type(), of(shape));
        }
        return schema;
    }

    private static ObjectNode of(EventShape shape) {
        ObjectNode schema = JSON.objectNode();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (String name : shape.names()) {
            Field field = shape.field(name);
            if (field == null) {
                throw new IllegalStateException("a shape must know its own fields: " + name);
            }
            properties.set(name, field.equals(Envelope.TYPE) ? constant(shape.type()) : of(field.kind()));
            if (shape.requires(field)) {
                required.add(name);
            }
        }
        if (shape.own().containsKey("revenueMicros")) {
            ObjectNode together = schema.putObject("dependentRequired");
            together.putArray("revenueMicros").add("currency");
            together.putArray("currency").add("revenueMicros");
        }
        return schema;
    }

    private static ObjectNode of(FieldKind kind) {
        return switch (kind) {
            case FieldKind.Text text -> words(text.maxLength());
            case FieldKind.Formed formed ->
                typed("string")
                        .put("maxLength", formed.maxLength())
                        .put("pattern", "^(?:" + formed.pattern().pattern() + ")$");
            case FieldKind.Word word -> choice(word.words());
            case FieldKind.Whole whole ->
                typed("integer").put("minimum", whole.min()).put("maximum", whole.max());
            case FieldKind.Fraction fraction ->
                fraction.moreThanZero() ? typed("number").put("exclusiveMinimum", 0) : typed("number");
            case FieldKind.Time time ->
                typed("string")
                        .put("format", "date-time")
                        .put(
                                "pattern",
                                "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$");
            case FieldKind.Country country -> choice(new TreeSet<>(FieldKind.Country.CODES));
            case FieldKind.CurrencyCode currency ->
                choice(new TreeSet<>(Currency.getAvailableCurrencies().stream()
                        .map(Currency::getCurrencyCode)
                        .toList()));
            case FieldKind.Texts texts -> {
                ObjectNode schema = typed("object").put("maxProperties", texts.maxEntries());
                schema.set("propertyNames", words(texts.maxLength()));
                schema.set("additionalProperties", words(texts.maxLength()));
                yield schema;
            }
            case FieldKind.Values values -> {
                ObjectNode schema = typed("object").put("maxProperties", values.maxEntries());
                schema.set("propertyNames", words(values.maxLength()));
                ObjectNode value = schema.putObject("additionalProperties");
                value.putArray("type").add("string").add("number").add("boolean");
                value.put("maxLength", values.maxLength());
                yield schema;
            }
        };
    }

    /** More than blanks; JSON Schema counts characters where the platform counts UTF-16 units, and refuses no more. */
    private static ObjectNode words(int maxLength) {
        return typed("string").put("minLength", 1).put("maxLength", maxLength).put("pattern", "\\S");
    }

    private static ObjectNode typed(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ObjectNode constant(String value) {
        return JSON.objectNode().put("const", value);
    }

    private static ObjectNode choice(Iterable<String> words) {
        ObjectNode schema = JSON.objectNode();
        ArrayNode choices = schema.putArray("enum");
        words.forEach(choices::add);
        return schema;
    }
}
