package io.gamemetrics.infrastructure.endtoendtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a platform and its servers write down about what they do. */
final class Logs {

    /** In the ids, names and sessions of players who are made up, and in nothing that may be logged. */
    static final String SOMEBODY = "@example.test";

    private static final int DEPTH = 3;

    private Logs() {}

    /** All of them, those that were rolled over too. */
    static List<Path> of(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data, DEPTH)) {
            return files.filter(file -> file.getFileName().toString().matches("(platform|server)\\.log(\\.\\d+)?"))
                    .toList();
        }
    }
}
