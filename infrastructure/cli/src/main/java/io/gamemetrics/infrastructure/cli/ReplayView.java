package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows a replay, or what a comparison of old and new has found, as text or as it came. */
final class ReplayView {

    private static final List<String> FOUND =
            List.of("section", "game", "part", "oldCount", "newCount", "distance", "positions");

    private ReplayView() {}

    static int show(Surroundings surroundings, JsonNode replay) {
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), replay);
            return Exit.DONE.code;
        }
        var out = surroundings.terminal().out();
        out.println(replay.path("replayId").asText() + "  "
                + replay.path("projection").asText() + " version "
                + replay.path("version").asInt() + " beside version "
                + replay.path("replaces").asInt());
        out.println(replay.path("phase").asText() + (replay.path("paused").asBoolean() ? ", paused" : "")
                + String.format(Locale.ROOT, ", %.1f %%", replay.path("percent").asDouble()) + ", at "
                + replay.path("position").asText("the beginning") + " of "
                + replay.path("head").asText("nothing"));
        out.println("proof: " + replay.at("/proof/proved").asLong() + " of "
                + replay.at("/proof/ranges").asLong() + " ranges, "
                + replay.at("/proof/mismatches").asLong()
                + " mismatches");
        JsonNode part = replay.path("part");
        if (part.isObject()) {
            out.println("part: " + part);
        }
        JsonNode comparison = replay.path("comparison");
        if (comparison.isObject()) {
            out.println("comparison: " + comparison.path("state").asText() + ", "
                    + comparison.path("differences").asLong() + " differences in "
                    + comparison.path("cells").asLong() + " parts");
        }
        if (replay.hasNonNull("problem")) {
            out.println(replay.path("problem").asText());
        }
        replay.path("actions")
                .forEach(action -> out.println("  " + action.path("at").asText() + "  "
                        + action.path("actor").asText() + "  "
                        + action.path("action").asText() + "  "
                        + action.path("detail").asText()));
        return Exit.DONE.code;
    }

    /** Exits like diff: 0 when nothing differs, 1 when something does, or when it could not be found out. */
    static int showComparison(Surroundings surroundings, JsonNode comparison) {
        long differences = comparison.path("differences").asLong();
        boolean isDone = comparison.path("state").asText().equals("DONE");
        var out = surroundings.terminal().out();
        if (surroundings.json) {
            Show.json(out, comparison);
        } else if (!isDone) {
            out.println(comparison.path("problem").asText());
        } else if (differences == 0) {
            out.println("Nothing differs in " + comparison.path("cells").asLong() + " parts.");
        } else {
            Show.table(out, inRows(comparison.path("found")), FOUND);
            out.println(differences + " of " + comparison.path("cells").asLong() + " parts differ.");
        }
        return isDone && differences == 0 ? Exit.DONE.code : Exit.FAILED.code;
    }

    /** A table's cells are words: the positions of each are put into one. */
    private static JsonNode inRows(JsonNode found) {
        JsonNode rows = found.deepCopy();
        rows.forEach(row -> {
            List<String> positions = new ArrayList<>();
            row.path("positions").forEach(position -> positions.add(position.asText()));
            ((ObjectNode) row).put("positions", String.join(" ", positions));
        });
        return rows;
    }
}
