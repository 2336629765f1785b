package io.gamemetrics.infrastructure.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description =
                "Saves all that is held of a player as a ZIP: a request of one subject, executed at once and waited for.",
        mixinStandardHelpOptions = true)
final class Export implements Callable<Integer> {

    private static final Duration EVERY = Duration.ofMillis(500);

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
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "A file that is not there yet.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    private Path file;

    @Option(names = "--confirmed", description = "How it was made sure who is asking.")
    private String how = "ordered by name, without a request of the subject's own";

    @Override
    public Integer call() {
        Downloads.requireNew(file);
        Api api = surroundings.commands();
        String request = api.ask(
                        "POST",
                        Requests.PATH,
                        Map.of(
                                "type",
                                "EXPORT",
                                "subjects",
                                List.of(Map.of("gameId", game, "playerId", player)),
                                "identity",
                                Map.of("confirmed", true, "how", how)))
                .path("requestId")
                .asText();
        JsonNode state = api.ask("POST", Requests.path(request) + "/execute", null);
        while (!state.path("phase").asText().equals("READY")) {
            progress("request " + request + ": everything that is held is gathered");
            pause();
            state = api.ask("GET", Requests.path(request), null);
        }
        progress("");
        return Downloads.export(surroundings, request, file);
    }

    private void progress(String text) {
        Terminal terminal = surroundings.terminal();
        if (!surroundings.json && terminal.watched()) {
            terminal.err().print("\r" + text + "\u001b[K");
            terminal.err().flush();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandEndedException(Exit.FAILED, "Interrupted.");
        }
    }
}
