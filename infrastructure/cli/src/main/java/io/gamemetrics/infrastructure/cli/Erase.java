package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "erase",
        description = "Erases a player everywhere: a request of one subject, executed at once. It can't be undone.",
        mixinStandardHelpOptions = true)
final class Erase implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private Surroundings surroundings;

    @Parameters(paramLabel = "GAME")
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private String game;

    @Parameters(paramLabel = "PLAYER", description = "The player's id.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private String player;

    @Option(
            names = "--dry-run",
            description =
                    "Only make the request and show what would go and what would stay. Execute or refuse it then.")
    private boolean dryRun;

    @Option(names = "--keep", paramLabel = Keep.LABEL, converter = Keep.Read.class, description = Keep.DESCRIPTION)
    private List<Keep> keep = List.of();

    @Override
    public Integer call() {
        if (dryRun) {
            return plan();
        }
        if (!keep.isEmpty()) {
            JsonNode made = make();
            surroundings
                    .commands()
                    .ask("POST", Requests.path(made.path("requestId").asText()) + "/execute", null);
            return Requests.made(surroundings, made);
        }
        return Requests.made(
                surroundings,
                surroundings
                        .commands()
                        .ask("DELETE", "/v1/games/" + Names.inPath(game) + "/players/" + Names.inPath(player), null));
    }

    private JsonNode make() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "ERASURE");
        body.put("subjects", List.of(Map.of("gameId", game, "playerId", player)));
        body.put(
                "identity",
                Map.of("confirmed", true, "how", "ordered by name, without a request of the subject's own"));
        Keep.put(body, keep);
        return surroundings.commands().ask("POST", Requests.PATH, body);
    }

    private int plan() {
        String request = make().path("requestId").asText();
        int exit = new PlanWatch(surroundings).show(request, true);
        if (!surroundings.json) {
            surroundings
                    .terminal()
                    .out()
                    .println("To go on: gamemetrics requests execute " + request
                            + ", or to leave it: gamemetrics requests refuse " + request + " \"dry run\"");
        }
        return exit;
    }
}
