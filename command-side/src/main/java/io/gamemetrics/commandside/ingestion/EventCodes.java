package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.player.PlayerCodes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every code a single event can be rejected with, and what it means. */
public final class EventCodes {

    private EventCodes() {}

    /** Meanings by code. */
    public static Map<String, String> meanings() {
        Map<String, String> meanings = new TreeMap<>(PlayerCodes.MEANINGS);
        meanings.put(EventReader.NOT_AN_OBJECT, "An event must be a JSON object.");
        meanings.put(EventReader.TOO_LARGE, "An event has at most 32 KiB.");
        meanings.put(
                EventReader.FIELD_UNKNOWN, "Events of this type have no such field; the message names the nearest.");
        meanings.put(EventReader.FIELD_REPEATED, "A field stands there twice.");
        meanings.put(Envelope.TYPE.code(FieldProblem.UNKNOWN), "There is no such type of event.");
        Envelope.FIELDS.values().forEach(field -> add(field, meanings));
        // Some types need what others may leave out.
        for (Field field : new Field[] {Envelope.PLAYER_ID, Envelope.SESSION_ID}) {
            meanings.put(field.code(FieldProblem.MISSING), field.name() + ": " + FieldProblem.MISSING.meaning());
        }
        EventShapes.BY_TYPE.values().forEach(shape -> shape.own().values().forEach(field -> add(field, meanings)));
        EventShapes.BY_TYPE.values().stream()
                .filter(shape -> shape.own().containsKey("revenueMicros"))
                .flatMap(shape -> shape.own().values().stream())
                .filter(field -> Set.of("revenueMicros", "currency").contains(field.name()))
                .forEach(field -> meanings.put(
                        field.code(FieldProblem.MISSING), "revenueMicros and currency come together or not at all."));
        return meanings;
    }

    private static void add(Field field, Map<String, String> meanings) {
        if (field.required()) {
            meanings.put(field.code(FieldProblem.MISSING), field.name() + ": " + FieldProblem.MISSING.meaning());
        }
        for (FieldProblem problem : field.kind().problems()) {
            meanings.put(field.code(problem), field.name() + ": " + problem.meaning());
        }
    }
}
