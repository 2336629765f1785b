package io.gamemetrics.commandside.rejected;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.flipkart.zjsonpatch.CompatibilityFlags;
import com.flipkart.zjsonpatch.InvalidJsonPatchException;
import com.flipkart.zjsonpatch.JsonPatch;
import com.flipkart.zjsonpatch.JsonPatchApplicationException;
import io.gamemetrics.infrastructure.web.Refusal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 6902 patch of events, by the zjsonpatch library; numbers keep every digit. An event grows by it to at most
 * {@value #MAX_CHARACTERS} characters, else it is left as it is: copies of copies would fill the memory. Immutable.
 */
final class EventPatch {

    /** Why an event could not be patched: an operation names a place that is not there, or a test does not hold. */
    static final String FAILED = "patch.failed";

    static final String FAILED_MEANING =
            "The patch does not fit the event: a place it names is not there, a test does not hold, or it grows too much.";

    static final int MAX_OPERATIONS = 50;
    static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    /** Reads as exactly as events are read: a patch's numbers keep every digit too. */
    static final JsonMapper JSON = JsonMapper.builder(JsonMapper.builder()
                    .build()
                    .getFactory()
                    .copy()
                    .setStreamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxNumberLength(100)
                            .build()))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            // A field that stands there twice would silently lose one of its values.
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Without it the library removes what is not there without a word. */
    private static final EnumSet<CompatibilityFlags> AS_THE_STANDARD_SAYS =
            EnumSet.of(CompatibilityFlags.FORBID_REMOVE_MISSING_OBJECT);

    private final List<JsonNode> operations;

    private EventPatch(List<JsonNode> operations) {
        this.operations = operations;
    }

    /**
     * The patch of a request; absent or empty: none.
     *
     * @throws Refusal when it is not a patch
     */
    static EventPatch of(@Nullable JsonNode patch) {
        if (patch == null || patch.isNull()) {
            return new EventPatch(List.of());
        }
        if (!patch.isArray() || patch.size() > MAX_OPERATIONS) {
            throw new Refusal(RejectedProblem.PATCH_INVALID).with("pointer", "/patch");
        }
        List<JsonNode> operations = new ArrayList<>();
        for (JsonNode operation : patch) {
            JsonNode alone = JSON.createArrayNode().add(operation);
            try {
                JsonPatch.validate(alone);
            } catch (InvalidJsonPatchException | IllegalArgumentException e) {
                throw new Refusal(RejectedProblem.PATCH_INVALID).with("pointer", "/patch/" + operations.size());
            }
            operations.add(alone);
        }
        return new EventPatch(operations);
    }

    boolean isEmpty() {
        return operations.isEmpty();
    }

    /** The event's text patched, or as it is when there is no patch; empty when the patch does not fit it. */
    Optional<String> apply(String event) {
        if (isEmpty()) {
            return Optional.of(event);
        }
        try {
            JsonNode patched = JSON.readTree(event);
            for (JsonNode operation : operations) {
                patched = JsonPatch.apply(operation, patched, AS_THE_STANDARD_SAYS);
                if (isTooLarge(patched)) {
                    return Optional.empty();
                }
            }
            String text = JSON.writeValueAsString(patched);
            // What nests too deeply now could not be read as an event.
            JSON.readTree(text);
            return Optional.of(text);
        } catch (JsonPatchApplicationException | JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isTooLarge(JsonNode node) {
        return charactersLeft(node, MAX_CHARACTERS) < 0;
    }

    /** How much of the allowance is left after this node, at least what it takes written down; less than 0: too little. */
    private static long charactersLeft(JsonNode node, long allowed) {
        long left = allowed - 1 - (node.isTextual() ? node.textValue().length() : 0);
        if (node.isObject()) {
            for (var field : node.properties()) {
                if (left < 0) {
                    return left;
                }
                left = charactersLeft(field.getValue(), left - field.getKey().length());
            }
        } else {
            for (JsonNode element : node) {
                if (left < 0) {
                    return left;
                }
                left = charactersLeft(element, left);
            }
        }
        return left;
    }
}
