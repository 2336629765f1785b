package io.gamemetrics.commandside.rejected;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.commandside.ingestion.Refused;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents.CodeCount;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents.Entry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refused events as operators see them. None of these print what was sent. */
final class RejectedDocument {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RejectedDocument() {}

    /**
     * One refused event without its contents.
     *
     * @param pointer absent, like the message, when the vault's key does not open the entry
     * @param eventId absent, like the type, where it could not be read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Listed(
            String id,
            String code,
            @Nullable String pointer,
            @Nullable String message,
            @Nullable String eventId,
            @Nullable String type,
            Instant receivedAt,
            Instant expiresAt) {

        @Override
        public String toString() {
            return "Listed[id=" + id + ", code=" + code + "]";
        }
    }

    /**
     * Some of them, the latest first.
     *
     * @param after for the next page; absent: this is the last one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Listed> entries, @Nullable String after) {}

    /**
     * One of them as it was sent.
     *
     * @param patched what an operator made of it, when that was refused as well; the code is of this then
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Inspected(
            String id,
            String code,
            @Nullable String pointer,
            @Nullable String message,
            Instant receivedAt,
            Instant expiresAt,
            @Nullable String sent,
            @Nullable String patched) {

        @Override
        public String toString() {
            return "Inspected[id=" + id + ", code=" + code + "]";
        }
    }

    /** How many there are, by code, the most frequent first. */
    record Summary(long total, List<CodeCount> codes) {}

    static Listed listed(Entry entry, @Nullable Refused refused) {
        JsonNode event = refused == null ? JSON.missingNode() : event(refused.latest());
        return new Listed(
                Long.toString(entry.id()),
                entry.event().code(),
                refused == null ? null : refused.pointer(),
                refused == null ? null : refused.message(),
                text(event, "eventId"),
                text(event, "type"),
                entry.event().receivedAt(),
                entry.event().expiresAt());
    }

    static Inspected inspected(Entry entry, @Nullable Refused refused) {
        return new Inspected(
                Long.toString(entry.id()),
                entry.event().code(),
                refused == null ? null : refused.pointer(),
                refused == null ? null : refused.message(),
                entry.event().receivedAt(),
                entry.event().expiresAt(),
                refused == null ? null : refused.sent(),
                refused == null ? null : refused.patched());
    }

    static @Nullable String eventId(String event) {
        return text(event(event), "eventId");
    }

    private static @Nullable String text(JsonNode event, String field) {
        return event.path(field).isTextual() ? event.path(field).textValue() : null;
    }

    private static JsonNode event(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }
}
