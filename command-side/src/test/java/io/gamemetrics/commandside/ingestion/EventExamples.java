package io.gamemetrics.commandside.ingestion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Events of every type as the documentation tells senders to write them, with no help from the table that reads them. */
final class EventExamples {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final String ENVELOPE = """
        {"occurredAt":"2026-01-01T10:15:30.123Z","sessionId":"s-9","platform":"ios","country":"SE","appVersion":"1.4.2",
         "experiments":{"gate":"gate_40"}}""";

    private EventExamples() {}

    /**
     * A type of events.
     *
     * @param required its own required fields with a value each
     * @param optional its own optional fields with a value each
     */
    record EventType(String name, boolean needsPlayer, boolean needsSession, String required, String optional) {

        /** With nothing that may be left out. */
        ObjectNode minimal() {
            ObjectNode event = JSON.createObjectNode();
            event.put("eventId", name + "-minimal").put("type", name).put("occurredAt", "2026-01-01T10:15:30.123Z");
            if (needsPlayer) {
                event.put("playerId", "p-17");
            }
            if (needsSession) {
                event.put("sessionId", "s-minimal");
            }
            return event.setAll(object(required));
        }

        /** With everything there is. */
        ObjectNode full() {
            ObjectNode event = minimal().put("eventId", name + "-full").put("playerId", "p-18");
            event.setAll(object(ENVELOPE));
            return event.setAll(object(optional));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<EventType> TYPES = List.of(
            player("player_registered", "{}", "{'displayName':'Ann','acquisition':'organic'}"),
            new EventType("session_started", true, true, "{}", "{}"),
            new EventType("session_ended", true, true, "{}", "{'durationMillis':60000}"),
            player("progression", "{'status':'start','world':'w1'}", "{'stage':'s1','phase':'p1','score':-7}"),
            player("score_submitted", "{'leaderboardId':'top','score':9007199254740991}", "{}"),
            player(
                    "purchase",
                    "{'itemId':'gems5','itemType':'iap','currency':'USD','amountMicros':4990000}",
                    "{'amountMicros':0}"),
            player("purchase_refunded", "{'purchaseEventId':'never-made'}", "{'amountMicros':1000000}"),
            player(
                    "resource_flow",
                    "{'flow':'source','resource':'gold','amount':12.5,'itemType':'chest','itemId':'c1'}",
                    "{'flow':'sink'}"),
            player("ad_viewed", "{'network':'n','placement':'end'}", "{'revenueMicros':1200,'currency':'EUR'}"),
            player("item_interacted", "{'itemId':'sword','kind':'view'}", "{'weight':0.5}"),
            player("achievement_unlocked", "{'achievementId':'first'}", "{}"),
            player("player_linked", "{'linkedPlayerId':'other-17'}", "{'linkedPlayerId':'other-18'}"),
            new EventType("error_reported", false, false, "{'severity':'error','message':'boom'}", "{}"),
            new EventType(
                    "custom",
                    false,
                    false,
                    "{'name':'a'}",
                    "{'name':'a:b:c:d:e','value':-1.5,'fields':{'text':'x','number':1.5,'truth':true}}"));

    static EventType type(String name) {
        return TYPES.stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Every type, as little and as much as there can be. */
    static List<JsonNode> accepted() {
        List<JsonNode> events = new ArrayList<>();
        for (EventType type : TYPES) {
            events.add(type.minimal());
            events.add(type.full());
        }
        return events;
    }

    /** Reads JSON that has single quotes. */
    static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static EventType player(String name, String required, String optional) {
        return new EventType(name, true, false, required, optional);
    }
}
