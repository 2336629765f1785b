package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "games", description = "Games and their settings.", mixinStandardHelpOptions = true)
final class Games {

    private static final List<String> COLUMNS = List.of("gameId", "name", "stage", "timeZone", "currency", "activeBy");

    @Command(
            name = "create",
            description = "Creates a game and shows its first key, once.",
            mixinStandardHelpOptions = true)
    int create(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "GAME", description = "The game's id.") String gameId,
            @Option(names = "--name", description = "The name people see (default: the id).") @Nullable String name,
            @Option(names = "--time-zone", description = "Whose days count, such as Europe/Berlin (default: UTC).")
                    @Nullable
                    String timeZone,
            @Option(names = "--currency", description = "ISO 4217 (default: USD).") @Nullable String currency,
            @Option(names = "--active-by", description = "ANY_EVENT or SESSION_START (default: ANY_EVENT).") @Nullable
                    String activeBy,
            @Option(names = "--stage", description = "LIVE or TEST (default: LIVE).") @Nullable String stage) {
        Map<String, Object> game = new LinkedHashMap<>();
        game.put("gameId", gameId);
        game.put("name", name == null ? gameId : name);
        putIfGiven(game, "timeZone", timeZone);
        putIfGiven(game, "currency", currency);
        putIfGiven(game, "activeBy", activeBy);
        putIfGiven(game, "stage", stage);
        JsonNode created = surroundings.commands().ask("POST", "/v1/games", game);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), created);
        } else {
            surroundings
                    .terminal()
                    .out()
                    .println("Created " + gameId + ". Its key for sending events, shown only now:");
            surroundings.terminal().out().println(created.path("apiKey").asText());
        }
        return Exit.DONE.code;
    }

    @Command(name = "list", description = "The games you may see.", mixinStandardHelpOptions = true)
    int list(@Mixin Surroundings surroundings) {
        JsonNode games = surroundings.commands().ask("GET", "/v1/games", null);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), games);
        } else {
            Show.table(surroundings.terminal().out(), games.isArray() ? games : games.path("games"), COLUMNS);
        }
        return Exit.DONE.code;
    }

    static void putIfGiven(Map<String, Object> body, String field, @Nullable String value) {
        if (value != null) {
            body.put(field, value);
        }
    }
}
