package io.gamemetrics.infrastructure.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "import", description = "Brings in events from elsewhere.", mixinStandardHelpOptions = true)
final class ImportEvents {

    @Command(
            name = "intendo",
            description = "Imports a year of a mobile game (the data sets of the R package intendo), creating the game"
                    + " unless it is there. Doing it twice changes nothing.",
            mixinStandardHelpOptions = true)
    int intendo(
            @Mixin SendingOptions sending,
            @Parameters(paramLabel = "FOLDER", description = "Holds all_revenue.csv.gz and all_sessions.csv.gz.")
                    Path folder,
            @Option(
                            names = "--game",
                            defaultValue = "intendo",
                            description = "The game's id (default: ${DEFAULT-VALUE}).")
                    String gameId,
            @Option(
                            names = "--output",
                            paramLabel = "FILE",
                            description = "Write the events there as NDJSON instead of sending them.")
                    @Nullable
                    Path output)
            throws IOException, InterruptedException {
        EventLines lines = IntendoLines.of(folder);
        if (output != null) {
            write(lines, output);
            return Exit.DONE.code;
        }
        createUnlessThere(sending.surroundings.commands(), gameId);
        return sending.send(gameId, lines);
    }

    private static void createUnlessThere(Api platform, String gameId) {
        try {
            platform.ask("GET", "/v1/games/" + Names.inPath(gameId), null);
        } catch (CommandEndedException e) {
            if (e.exit() != Exit.REFUSED) {
                throw e;
            }
            platform.ask(
                    "POST",
                    "/v1/games",
                    Map.of(
                            "gameId",
                            gameId,
                            "name",
                            "Intendo",
                            "timeZone",
                            "UTC",
                            "currency",
                            "USD",
                            "activeBy",
                            "SESSION_START"));
        }
    }

    private static void write(EventLines lines, Path output) throws IOException {
        try (lines;
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(output))) {
            byte[] line;
            while ((line = lines.next()) != null) {
                out.write(line);
                out.write('\n');
            }
        }
    }
}
