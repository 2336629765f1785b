package io.gamemetrics.commandside.ingestion;

import static io.gamemetrics.commandside.ingestion.EventExamples.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gamemetrics.commandside.ingestion.EventExamples.EventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Every way in which one field of an event can be wrong, with the code and the pointer that a sender is promised. */
final class BadEvents {

    /** @param schemaKnows whether JSON Schema can say it too */
    record Bad(String what, JsonNode event, String code, String pointer, boolean schemaKnows) {

        @Override
        public String toString() {
            return what + " → " + code;
        }
    }

    /** What a field may hold, by what it must not hold: JSON value, last word of the code. */
    private record Kind(List<Value> values) {
        static final Kind TEXT = of(
                wrong("7", "type"),
                wrong("''", "length"),
                wrong(letters(257), "length"),
                beyond("'\\u0000'", "format"));
        static final Kind TEXT_128 = of(wrong("7", "type"), wrong("''", "length"), wrong(letters(129), "length"));
        static final Kind TEXT_8192 =
                of(wrong("['x']", "type"), wrong("''", "length"), wrong(letters(8_193), "length"));
        static final Kind ID =
                of(wrong("7", "type"), wrong("''", "format"), wrong("'a b'", "format"), wrong(letters(65), "format"));
        static final Kind NAME = of(
                wrong("7", "type"),
                wrong("''", "format"),
                wrong("'a::b'", "format"),
                wrong("':a'", "format"),
                wrong("'a:b:c:d:e:f'", "format"),
                wrong(letters(257), "format"));
        static final Kind SCORE = of(
                wrong("'7'", "type"),
                wrong("7.5", "type"),
                wrong("9007199254740992", "range"),
                wrong("-9007199254740992", "range"));
        static final Kind MICROS = of(
                wrong("'7'", "type"),
                wrong("0.5", "type"),
                wrong("-1", "range"),
                wrong("9223372036854775808", "range"));
        static final Kind AMOUNT = of(
                wrong("'7'", "type"),
                wrong("0", "range"),
                wrong("-1", "range"),
                beyond("1e18", "range"),
                beyond("1e-10", "range"));
        static final Kind NUMBER = of(wrong("'7'", "type"), wrong("true", "type"), beyond("1e18", "range"));
        static final Kind WORD = of(wrong("7", "type"), wrong("'other'", "unknown"));
        static final Kind CURRENCY = of(wrong("7", "type"), wrong("'XX'", "unknown"), wrong("'usd'", "unknown"));
        static final Kind COUNTRY =
                of(wrong("7", "type"), wrong("'XX'", "unknown"), wrong("'SWE'", "unknown"), wrong("'se'", "unknown"));
        static final Kind TIME = of(
                wrong("7", "type"),
                wrong("'yesterday'", "format"),
                wrong("'2026-11-22'", "format"),
                wrong("'2026-11-22T10:15:30'", "format"),
                beyond("'2026-13-22T10:15:30Z'", "format"),
                beyond("'1999-12-31T23:59:59.999Z'", "tooOld"),
                beyond("'9999-01-01T00:00:00Z'", "future"));
        static final Kind TEXTS = of(wrong("7", "type"), wrong("{'gate':7}", "type"), wrong(entries(21), "length"));
        static final Kind FIELDS = of(
                wrong("7", "type"),
                wrong("['x']", "type"),
                wrong("{'a':{'b':1}}", "type"),
                wrong("{'a':null}", "type"),
                wrong("{'':1}", "length"),
                wrong("{'a':" + letters(257) + "}", "length"),
                wrong(entries(51), "length"));

        private static Kind of(Value... values) {
            return new Kind(List.of(values));
        }
    }

    private record Value(String json, String word, boolean schemaKnows) {}

    private static final Map<String, Kind> ENVELOPE = Map.of(
            "eventId", Kind.ID,
            "playerId", Kind.TEXT_128,
            "sessionId", Kind.TEXT,
            "occurredAt", Kind.TIME,
            "platform", Kind.TEXT,
            "country", Kind.COUNTRY,
            "appVersion", Kind.TEXT,
            "experiments", Kind.TEXTS);

    private static final Map<String, Kind> OWN = new LinkedHashMap<>();

    static {
        of(Kind.TEXT, "player_registered.displayName", "player_registered.acquisition");
        of(Kind.MICROS, "session_ended.durationMillis");
        of(Kind.WORD, "progression.status", "resource_flow.flow");
        of(Kind.TEXT, "progression.world", "progression.stage", "progression.phase");
        of(Kind.SCORE, "progression.score", "score_submitted.score");
        of(Kind.TEXT, "score_submitted.leaderboardId", "purchase.itemId", "purchase.itemType");
        of(Kind.CURRENCY, "purchase.currency", "ad_viewed.currency");
        of(Kind.MICROS, "purchase.amountMicros", "purchase_refunded.amountMicros", "ad_viewed.revenueMicros");
        of(Kind.ID, "purchase_refunded.purchaseEventId");
        of(Kind.TEXT, "resource_flow.resource", "resource_flow.itemType", "resource_flow.itemId");
        of(Kind.AMOUNT, "resource_flow.amount");
        of(Kind.TEXT, "ad_viewed.network", "ad_viewed.placement", "item_interacted.itemId", "item_interacted.kind");
        of(Kind.NUMBER, "item_interacted.weight", "custom.value");
        of(Kind.TEXT, "achievement_unlocked.achievementId", "error_reported.severity");
        of(Kind.TEXT_128, "player_linked.linkedPlayerId");
        of(Kind.TEXT_8192, "error_reported.message");
        of(Kind.NAME, "custom.name");
        of(Kind.FIELDS, "custom.fields");
    }

    private BadEvents() {}

    static List<Bad> all() {
        List<Bad> all = new ArrayList<>();
        ENVELOPE.forEach((field, kind) -> add("event", EventExamples.type("purchase"), field, kind, all));
        OWN.forEach((path, kind) -> {
            int dot = path.indexOf('.');
            String type = path.substring(0, dot);
            add(type, EventExamples.type(type), path.substring(dot + 1), kind, all);
        });
        EventExamples.TYPES.forEach(type -> addMissing(type, all));
        all.add(with("purchase", "type", "'purchas'", "event.type.unknown"));
        all.add(with("purchase", "type", "7", "event.type.type"));
        all.add(with("purchase", "curency", "'USD'", "event.field.unknown"));
        all.add(with("ad_viewed", "revenueMicros", "7", "ad_viewed.currency.missing", "/currency"));
        all.add(with("ad_viewed", "currency", "'USD'", "ad_viewed.revenueMicros.missing", "/revenueMicros"));
        return all;
    }

    /** Every field a type's smallest example has must be there; a null is not. */
    private static void addMissing(EventType type, List<Bad> all) {
        type.minimal().fieldNames().forEachRemaining(field -> {
            String owner = OWN.containsKey(type.name() + "." + field) ? type.name() : "event";
            String code = owner + "." + field + ".missing";
            ObjectNode event = type.minimal();
            event.remove(field);
            all.add(new Bad(type + " without " + field, event, code, "/" + field, true));
            all.add(new Bad(type + " null " + field, type.minimal().putNull(field), code, "/" + field, true));
        });
    }

    private static void add(String owner, EventType type, String field, Kind kind, List<Bad> all) {
        for (Value value : kind.values) {
            String shown = value.json.substring(0, Math.min(20, value.json.length()));
            ObjectNode event = type.full().put("eventId", "bad");
            event.setAll(object("{'" + field + "':" + value.json + "}"));
            all.add(new Bad(
                    type + "." + field + "=" + shown,
                    event,
                    owner + "." + field + "." + value.word,
                    "/" + field,
                    value.schemaKnows));
        }
    }

    private static Bad with(String type, String field, String json, String code) {
        return with(type, field, json, code, "/" + field);
    }

    private static Bad with(String type, String field, String json, String code, String pointer) {
        ObjectNode event = EventExamples.type(type).minimal();
        event.setAll(object("{'" + field + "':" + json + "}"));
        return new Bad(type + "." + field + "=" + json, event, code, pointer, true);
    }

    private static void of(Kind kind, String... paths) {
        for (String path : paths) {
            OWN.put(path, kind);
        }
    }

    private static Value wrong(String json, String word) {
        return new Value(json, word, true);
    }

    private static Value beyond(String json, String word) {
        return new Value(json, word, false);
    }

    private static String letters(int count) {
        return "'" + "x".repeat(count) + "'";
    }

    private static String entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "'f" + i + "':'x'")
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }
}
