package io.gamemetrics.infrastructure.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How events are sent, and how the result is told. */
final class SendingOptions {

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
    Surroundings surroundings;

    @Option(
            names = "--key",
            description = "The game's INGEST key (default: GAMEMETRICS_TOKEN, or one issued for this run).")
    private @Nullable String key;

    @Option(
            names = "--batch",
            defaultValue = "2000",
            description = "Events in a request, up to 10000 (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--parallel",
            defaultValue = "4",
            description = "Requests at a time, up to 64 (default: ${DEFAULT-VALUE}).")
    private int parallel;

    @Option(
            names = "--patience",
            defaultValue = "300",
            description = "Seconds to go on trying when nobody answers (default: ${DEFAULT-VALUE}).")
    private int patienceSeconds;

    @Option(names = "--validate-only", description = "Let the platform decide and store nothing.")
    private boolean validateOnly;

    @Option(names = "--from-start", description = "Forget how far an interrupted run has come.")
    private boolean fromStart;

    int send(String gameId, EventLines lines) throws IOException, InterruptedException {
        if (batch < 1 || batch > 10_000 || parallel < 1 || parallel > 64) {
            throw new CommandEndedException(Exit.USAGE, "--batch is 1 to 10000, --parallel 1 to 64.");
        }
        Terminal terminal = surroundings.terminal();
        long began = System.nanoTime();
        Outcome outcome;
        try (lines;
                IngestKey secret = IngestKey.of(surroundings, gameId, key)) {
            Delivery delivery = new Delivery(
                    surroundings.commandsWith(secret.secret()),
                    gameId,
                    validateOnly,
                    Duration.ofSeconds(patienceSeconds));
            ResumeFile resume = ResumeFile.in(stateFolder(), validateOnly ? null : identity(gameId, lines));
            if (fromStart) {
                resume.remove();
            }
            ProgressLine shown = new ProgressLine(terminal, surroundings.json);
            outcome = new Sending(delivery, resume, shown, batch, parallel).send(lines);
        }
        new Summary(outcome, Duration.ofNanos(System.nanoTime() - began)).show(surroundings);
        return outcome.exit().code;
    }

    private @Nullable String identity(String gameId, EventLines lines) {
        return lines.identity() == null ? null : surroundings.commandAddress() + "|" + gameId + "|" + lines.identity();
    }

    private Path stateFolder() {
        String given = surroundings.variable("XDG_STATE_HOME");
        return given != null
                ? Path.of(given, "gamemetrics")
                : Path.of(System.getProperty("user.home"), ".local", "state", "gamemetrics");
    }
}
