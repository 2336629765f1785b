package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "projections",
        description =
                "How each projection is doing: which version readers see, how far behind it is, and what a replay would count otherwise.",
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
        for (JsonNode projection : projections) {
            for (JsonNode offer : projection.path("offers")) {
                surroundings.terminal().out().println(text(offer));
            }
        }
        return Exit.DONE.code;
    }

    /** One line: what, why, and what to type. */
    private static String text(JsonNode offer) {
        String projection = offer.path("projection").asText();
        String about = offer.hasNonNull("game") ? " " + offer.path("game").asText() : "";
        about += offer.hasNonNull("board") ? "/" + offer.path("board").asText() : "";
        return projection + ": " + offer.path("reason").asText() + about + ". "
                + offer.path("detail").asText() + " To count it anew: gamemetrics replay start " + projection
                + "; if you don't want it: gamemetrics replay dismiss "
                + offer.path("offerId").asText();
    }
}
