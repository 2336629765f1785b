package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What became of some events.
 *
 * @param position where the last of them is in the store; null when nothing was stored
 * @param codes how many were rejected, by code
 * @param examples the first few rejections, as sentences
 */
record Outcome(
        long accepted,
        long duplicates,
        long rejected,
        @Nullable String position,
        Map<String, Long> codes,
        List<String> examples) {

    static final int MOST_EXAMPLES = 10;

    static final Outcome NOTHING = new Outcome(0, 0, 0, null, Map.of(), List.of());

    /** @param first the place in the source of the first event that was sent, from 0 */
    static Outcome of(JsonNode answer, long first) {
        return of(answer, problem -> first + problem.path("index").asLong() + 1);
    }

    /** @param name what an event is called in its example's sentence */
    static Outcome of(JsonNode answer, Function<JsonNode, Object> name) {
        Map<String, Long> codes = new TreeMap<>();
        List<String> examples = new ArrayList<>();
        for (JsonNode problem : answer.path("problems")) {
            codes.merge(problem.path("code").asText("unknown"), 1L, Long::sum);
            if (examples.size() < MOST_EXAMPLES) {
                examples.add("event " + name.apply(problem) + ": "
                        + problem.path("message").asText());
            }
        }
        return new Outcome(
                answer.path("accepted").asLong(),
                answer.path("duplicates").asLong(),
                answer.path("rejected").asLong(),
                answer.path("position").isTextual() ? answer.path("position").asText() : null,
                codes,
                examples);
    }

    Outcome plus(Outcome other) {
        Map<String, Long> both = new TreeMap<>(codes);
        other.codes.forEach((code, count) -> both.merge(code, count, Long::sum));
        List<String> sentences = new ArrayList<>(examples);
        sentences.addAll(other.examples);
        return new Outcome(
                accepted + other.accepted,
                duplicates + other.duplicates,
                rejected + other.rejected,
                later(position, other.position),
                both,
                sentences.subList(0, Math.min(MOST_EXAMPLES, sentences.size())));
    }

    long events() {
        return accepted + duplicates + rejected;
    }

    Exit exit() {
        if (rejected == 0) {
            return Exit.DONE;
        }
        return accepted + duplicates > 0 ? Exit.PARTLY_DONE : Exit.REFUSED;
    }

    /** Positions are opaque to most clients; here their number decides which of two answers of one run is the later. */
    private static @Nullable String later(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return number(other) > number(one) ? other : one;
    }

    private static long number(String position) {
        return Long.parseLong(position.substring(position.indexOf('.') + 1));
    }
}
