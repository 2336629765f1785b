package io.gamemetrics.infrastructure.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The events of all players, each with an id of its own; in the end by when they occurred. */
final class EventsText {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Line(Instant at, String text) {}

    private final String prefix;
    private final List<Line> lines = new ArrayList<>();

    /** @param prefix of every event's id */
    EventsText(String prefix) {
        this.prefix = prefix;
    }

    /** @return the event's id */
    String add(DemoPlayer player, String sessionId, Instant at, String type, Consumer<ObjectNode> fields) {
        String eventId = prefix + Integer.toString(lines.size(), 36);
        ObjectNode event = JSON.createObjectNode()
                .put("eventId", eventId)
                .put("type", type)
                .put("playerId", player.id())
                .put("sessionId", sessionId)
                .put("occurredAt", at.toString())
                .put("platform", player.platform())
                .put("country", player.country())
                .put("appVersion", player.appVersion());
        event.putObject("experiments").put("gate", player.gate());
        fields.accept(event);
        lines.add(new Line(at, event.toString()));
        return eventId;
    }

    List<String> inOrder() {
        return lines.stream()
                .sorted(Comparator.comparing(Line::at))
                .map(Line::text)
                .toList();
    }
}
