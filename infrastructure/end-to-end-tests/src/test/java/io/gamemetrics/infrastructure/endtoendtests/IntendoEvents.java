package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** A real game's year as events, one a line, as the command line would send them. */
final class IntendoEvents {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private IntendoEvents() {}

    /** These players' events in the order of time. */
    static List<String> of(Predicate<String> players, CommandLine commandLine, Path folder) throws Exception {
        Path whole = folder.resolve("whole-year.ndjson");
        commandLine.run("events", "import", "intendo", Intendo.folder().toString(), "--output", whole.toString());
        try (var lines = Files.lines(whole)) {
            return lines.filter(line -> players.test(player(line))).toList();
        }
    }

    private static String player(String line) {
        try {
            return JSON.readTree(line).path("playerId").asText();
        } catch (IOException e) {
            throw new UncheckedIOException("the command line wrote it", e);
        }
    }
}
