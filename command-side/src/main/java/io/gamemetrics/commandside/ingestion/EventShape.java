package io.gamemetrics.commandside.ingestion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event of one type looks like to its sender.
 *
 * @param type its name in {@code type}
 * @param needsPlayer whether {@code playerId} is required
 * @param needsSession whether {@code sessionId} is required
 * @param own its fields beside those every event has, in the order of the documentation
 * @param content makes the content of checked values
 */
record EventShape(String type, boolean needsPlayer, boolean needsSession, Map<String, Field> own, ContentOf content) {

    /** Makes an event's content of its checked values. */
    @FunctionalInterface
    interface ContentOf {
        Content of(Envelope envelope, FieldValues values);
    }

    static Builder of(String type) {
        return new Builder(type);
    }

    /** The field of this name in an event of this type; absent when there is none. */
    @Nullable
    Field field(String name) {
        Field field = own.get(name);
        return field == null ? Envelope.FIELDS.get(name) : field;
    }

    /** Whether an event of this type must have the field. */
    boolean requires(Field field) {
        return field.required()
                || (needsPlayer && field.equals(Envelope.PLAYER_ID))
                || (needsSession && field.equals(Envelope.SESSION_ID));
    }

    /** All names an event of this type may have at its top. */
    List<String> names() {
        List<String> names = new ArrayList<>(Envelope.FIELDS.keySet());
        names.addAll(own.keySet());
        return names;
    }

    /** Names fields one after the other. */
    static final class Builder {

        private final String type;
        private final Map<String, Field> fields = new LinkedHashMap<>();
        private boolean needsPlayer = true;
        private boolean needsSession;

        private Builder(String type) {
            this.type = type;
        }

        Builder required(String name, FieldKind kind) {
            fields.put(name, new Field(type, name, kind, true));
            return this;
        }

        Builder optional(String name, FieldKind kind) {
            fields.put(name, new Field(type, name, kind, false));
            return this;
        }

        Builder withoutPlayerToo() {
            needsPlayer = false;
            return this;
        }

        Builder inSession() {
            needsSession = true;
            return this;
        }

        EventShape becomes(ContentOf content) {
            return new EventShape(type, needsPlayer, needsSession, fields, content);
        }
    }
}
