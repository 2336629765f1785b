package io.gamemetrics.infrastructure.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Saves exports. */
final class Downloads {

    private Downloads() {}

    /** What is personal is never written over something else. */
    static void requireNew(Path file) {
        if (Files.exists(file)) {
            throw new CommandEndedException(Exit.USAGE, file + " is there already.");
        }
    }

    static int export(Surroundings surroundings, String request, Path file) {
        requireNew(file);
        long bytes = surroundings.commands().save(Requests.path(request) + "/export", file);
        if (surroundings.json) {
            Show.json(
                    surroundings.terminal().out(),
                    Surroundings.JSON
                            .createObjectNode()
                            .put("requestId", request)
                            .put("file", file.toString())
                            .put("bytes", bytes));
        } else {
            surroundings
                    .terminal()
                    .out()
                    .println("Saved " + file + " (" + ProgressLine.number(bytes) + " bytes), request " + request
                            + ". It holds all that is known of a person: keep it as such.");
        }
        return Exit.DONE.code;
    }

    /**
     * Writes a new file that nobody else may read, where the disk knows of such; takes it away again when it is not whole.
     *
     * @return how many bytes it has
     */
    static long write(Path file, InputStream body) throws IOException {
        Files.createFile(file, attributes(file));
        try (OutputStream out = Files.newOutputStream(file)) {
            return body.transferTo(out);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static FileAttribute<?>[] attributes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
