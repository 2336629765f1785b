package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rejected",
        description = "Events that were refused: kept 30 days, looked through, mended and sent in again.",
        mixinStandardHelpOptions = true,
        subcommands = ResubmitRejected.class)
final class RejectedEvents {

    private static final List<String> COLUMNS =
            List.of("id", "receivedAt", "code", "type", "eventId", "pointer", "message");
    private static final List<String> COUNTS = List.of("code", "count", "oldest", "newest");
    private static final int PAGE = 200;

    @Command(name = "list", description = "The latest first, without their contents.", mixinStandardHelpOptions = true)
    int list(
            @Mixin Surroundings surroundings,
            @Option(names = "--game", required = true, description = "The game's id.") String gameId,
            @Option(names = "--code", description = "Only those of this code.") @Nullable String code,
            @Option(names = "--from", description = "Received then or later, such as 2026-11-22T00:00:00Z.") @Nullable
                    String from,
            @Option(names = "--to", description = "Received earlier than that.") @Nullable String to,
            @Option(
                            names = "--first",
                            defaultValue = "50",
                            description = "How many at most (default: ${DEFAULT-VALUE}).")
                    int first) {
        if (first < 1) {
            throw new CommandEndedException(Exit.USAGE, "--first is 1 or more.");
        }
        Map<String, String> query = new LinkedHashMap<>();
        putIfGiven(query, "code", code);
        putIfGiven(query, "from", from);
        putIfGiven(query, "to", to);
        ArrayNode found = Surroundings.JSON.createArrayNode();
        String after;
        do {
            query.put("first", Integer.toString(Math.min(PAGE, first - found.size())));
            JsonNode page = surroundings.commands().ask("GET", path(gameId) + inQuery(query), null);
            page.path("entries").forEach(found::add);
            after = page.path("after").asText("");
            query.put("after", after);
        } while (found.size() < first && !after.isEmpty());
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), found);
        } else {
            Show.table(surroundings.terminal().out(), found, COLUMNS);
        }
        return Exit.DONE.code;
    }

    @Command(
            name = "show",
            description = "One of them as it was sent. Personal: the read is recorded.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin Surroundings surroundings,
            @Option(names = "--game", required = true, description = "The game's id.") String gameId,
            @Parameters(paramLabel = "ID", description = "Its id, as listed.") String id) {
        JsonNode entry = surroundings.commands().ask("GET", path(gameId) + "/" + Names.inPath(id), null);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), entry);
        } else {
            entry.properties().forEach(field -> surroundings
                    .terminal()
                    .out()
                    .println(field.getKey() + ": " + field.getValue().asText()));
        }
        return Exit.DONE.code;
    }

    @Command(name = "summary", description = "How many there are of each code.", mixinStandardHelpOptions = true)
    int summary(
            @Mixin Surroundings surroundings,
            @Option(names = "--game", required = true, description = "The game's id.") String gameId) {
        JsonNode summary = surroundings.commands().ask("GET", path(gameId) + "/summary", null);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), summary);
        } else {
            Show.table(surroundings.terminal().out(), summary.path("codes"), COUNTS);
            surroundings
                    .terminal()
                    .out()
                    .println(ProgressLine.number(summary.path("total").asLong()) + " in all");
        }
        return Exit.DONE.code;
    }

    static String path(String gameId) {
        return "/v1/games/" + Names.inPath(gameId) + "/rejected-events";
    }

    private static void putIfGiven(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }

    private static String inQuery(Map<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + Names.inPath(entry.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }
}
