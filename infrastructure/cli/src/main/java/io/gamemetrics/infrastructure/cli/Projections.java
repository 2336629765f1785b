package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "projections",
        description = "How each projection is doing: which version readers see, and how far behind it is.",
        mixinStandardHelpOptions = true)
final class Projections implements Callable<Integer> {

    private static final List<String> COLUMNS =
            List.of("name", "version", "lagSeconds", "eventsPerSecond", "instances", "quarantined");

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private Surroundings surroundings;

    @Override
    public Integer call() {
        JsonNode projections = surroundings.commands().ask("GET", "/v1/projections", null);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), projections);
            return Exit.DONE.code;
        }
        Show.table(surroundings.terminal().out(), projections, COLUMNS);
        for (JsonNode projection : projections) {
            for (JsonNode problem : projection.path("problems")) {
                surroundings.terminal().out().println(problem.asText());
            }
        }
        return Exit.DONE.code;
    }
}
