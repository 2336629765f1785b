package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "key-epochs",
        description = "The key that wraps all others: a new one, everything wrapped anew, the old one destroyed.",
        mixinStandardHelpOptions = true)
final class KeyEpochs {

    private static final String PATH = "/v1/key-epochs";
    private static final List<String> COLUMNS =
            List.of("epoch", "state", "wraps", "begunAt", "neededUntil", "destroyedAt", "fileHere");

    @Command(name = "list", description = "All there were, and what each wraps.", mixinStandardHelpOptions = true)
    int list(@Mixin Surroundings surroundings) {
        JsonNode epochs = surroundings.commands().ask("GET", PATH, null);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), epochs);
        } else {
            Show.table(surroundings.terminal().out(), epochs, COLUMNS);
        }
        return Exit.DONE.code;
    }

    @Command(
            name = "begin",
            description = "Begins an epoch: new keys are wrapped by it from now on. Back its file up.",
            mixinStandardHelpOptions = true)
    int begin(@Mixin Surroundings surroundings) {
        JsonNode begun = surroundings.commands().ask("POST", PATH, null);
        if (surroundings.json) {
            Show.json(surroundings.terminal().out(), begun);
        } else {
            surroundings
                    .terminal()
                    .out()
                    .println("Epoch " + begun.path("epoch").asInt()
                            + " has begun. Back its key file up, then run `gamemetrics key-epochs rewrap`.");
        }
        return Exit.DONE.code;
    }

    @Command(
            name = "rewrap",
            description = "Wraps everything anew that older epochs wrap, while the platform works. May be stopped, and"
                    + " started again.",
            mixinStandardHelpOptions = true)
    int rewrap(@Mixin Surroundings surroundings) {
        Api api = surroundings.commands();
        long left = 0;
        for (JsonNode epoch : api.ask("GET", PATH, null)) {
            left += epoch.path("state").asText().equals("OLDER")
                    ? epoch.path("wraps").asLong()
                    : 0;
        }
        ProgressLine line = new ProgressLine(surroundings.terminal(), surroundings.json, "keys");
        line.begin(0);
        long done = 0;
        JsonNode next = Surroundings.JSON.missingNode();
        do {
            JsonNode answer = api.ask(
                    "POST", PATH + "/rewrap" + (next.isTextual() ? "?from=" + Names.inPath(next.asText()) : ""), null);
            done += answer.path("rewrapped").asLong();
            next = answer.path("next");
            line.draw(done, left == 0 ? 1 : (double) done / left);
        } while (next.isTextual());
        line.end();
        if (surroundings.json) {
            Show.json(
                    surroundings.terminal().out(),
                    Surroundings.JSON.createObjectNode().put("rewrapped", done));
        } else {
            surroundings.terminal().out().println("Wrapped " + ProgressLine.number(done) + " keys anew.");
        }
        return Exit.DONE.code;
    }

    @Command(
            name = "destroy",
            description = "Destroys the key file of an epoch that wraps nothing any more. It can't be undone.",
            mixinStandardHelpOptions = true)
    int destroy(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "EPOCH") int epoch,
            @Option(names = "--give-up-backups", description = "Even if backups of the vault can't be read then.")
                    boolean givesUpBackups) {
        surroundings.commands().ask("DELETE", PATH + "/" + epoch + (givesUpBackups ? "?giveUpBackups=true" : ""), null);
        if (surroundings.json) {
            Show.json(
                    surroundings.terminal().out(),
                    Surroundings.JSON.createObjectNode().put("destroyed", epoch));
        } else {
            surroundings
                    .terminal()
                    .out()
                    .println("Destroyed the key of epoch " + epoch + " here. Destroy its copies too.");
        }
        return Exit.DONE.code;
    }
}
