package io.gamemetrics.infrastructure.embeddedservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where one server keeps everything: its data, its log, and the id of its process. */
record ServerFolder(Path root) {

    ServerFolder {
        root = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + root, e);
        }
    }

    /** Files of the server itself. */
    Path data() {
        return root.resolve("data");
    }

    Path log() {
        return root.resolve("server.log");
    }

    Path pid() {
        return root.resolve("server.pid");
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** The end of the log, for whoever has to find out why the server ended; empty when there is none. */
    String endOfLog() {
        try {
            List<String> lines =
                    List.of(Files.readString(log(), StandardCharsets.ISO_8859_1).split("\n"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }
}
