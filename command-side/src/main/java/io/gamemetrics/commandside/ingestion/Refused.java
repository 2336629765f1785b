package io.gamemetrics.commandside.ingestion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A refused event and why: what lies sealed in the log, as {@code {"code","pointer","message","sent","patched"}}.
 *
 * @param pointer JSON pointer to the field, empty for the event as a whole
 * @param sent what its sender wrote, byte for byte
 * @param patched what an operator made of it and was refused as well; absent until somebody tried. The code is of this
 *     one then
 */
public record Refused(
        String code,
        String pointer,
        String message,
        String sent,
        @Nullable String patched) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The text the code is of. */
    public String latest() {
        return patched == null ? sent : patched;
    }

    /** Nothing of what it holds: all of it may repeat what was sent. */
    @Override
    public String toString() {
        return "Refused[" + code + "]";
    }

    byte[] toBytes() {
        ObjectNode document = JSON.createObjectNode();
        document.put("code", code);
        document.put("pointer", pointer);
        document.put("message", message);
        document.put("sent", sent);
        if (patched != null) {
            document.put("patched", patched);
        }
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written as JSON", e);
        }
    }

    /** @throws IllegalArgumentException when the bytes are of another format */
    static Refused ofBytes(byte[] bytes) {
        try {
            JsonNode document = JSON.readTree(bytes);
            return new Refused(
                    document.path("code").asText(),
                    document.path("pointer").asText(),
                    document.path("message").asText(),
                    document.path("sent").asText(),
                    document.path("patched").isTextual()
                            ? document.path("patched").asText()
                            : null);
        } catch (IOException e) {
            // Jackson's message repeats what it read.
            throw new IllegalArgumentException("a refused event must be a JSON document");
        }
    }
}
