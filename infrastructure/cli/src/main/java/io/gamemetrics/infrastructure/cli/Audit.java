package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "audit", description = "What was done for data subjects.", mixinStandardHelpOptions = true)
final class Audit {

    @Command(
            name = "verify",
            description = "Looks through the whole chain: whether every entry follows from those before it.",
            mixinStandardHelpOptions = true)
    int verify(@Mixin Surroundings surroundings) {
        JsonNode found = surroundings.commands().ask("GET", "/v1/audit/verify", null);
        boolean intact = found.path("intact").asBoolean();
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), found);
        } else if (intact) {
            surroundings
                    .terminal()
                    .out()
                    .println("Intact: " + found.path("entries").asLong() + " entries, head "
                            + found.path("head").asText());
        } else {
            surroundings
                    .terminal()
                    .out()
                    .println("Broken at entry " + found.path("brokenAt").asLong()
                            + ": it or one before it was changed or taken out.");
        }
        return intact ? Exit.DONE.code : Exit.FAILED.code;
    }
}
