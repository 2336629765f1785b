package io.gamemetrics.infrastructure.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "events",
        description = "Sends a game's events.",
        mixinStandardHelpOptions = true,
        subcommands = {ImportEvents.class, RejectedEvents.class})
final class Events {

    @Command(
            name = "send",
            description =
                    "Sends events from NDJSON, gzipped or not. An interrupted run of a file goes on where it was.",
            mixinStandardHelpOptions = true)
    int send(
            @Mixin SendingOptions sending,
            @Parameters(paramLabel = "FILE", description = "The file, or - for standard input.") String file,
            @Option(names = "--game", required = true, description = "The game's id.") String gameId)
            throws IOException, InterruptedException {
        return sending.send(gameId, open(sending, file));
    }

    private static EventLines open(SendingOptions sending, String file) throws IOException {
        if (file.equals("-")) {
            return NdjsonLines.of(sending.surroundings.terminal().in());
        }
        Path path = Path.of(file);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new CommandEndedException(Exit.USAGE, "There is no readable file " + file + ".");
        }
        return NdjsonLines.of(path);
    }
}
