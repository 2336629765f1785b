package io.gamemetrics.infrastructure.eventcatalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file under {@code src/test/resources/approved} that says what is stored. What is approved is stored somewhere and
 * must be read for ever: a file is added for a new revision, never changed.
 */
record Approved(Path file) {

    static Approved of(String name) {
        return new Approved(Path.of("src/test/resources/approved").resolve(name));
    }

    /** @throws AssertionError when the file holds something else; the new text lies beside it as {@code .received} */
    void requireSame(String text) {
        Path received = file.resolveSibling(file.getFileName() + ".received");
        try {
            if (Files.exists(file) && text().equals(text)) {
                Files.deleteIfExists(received);
                return;
            }
            Files.createDirectories(file.getParent());
            Files.writeString(received, text);
            assertThat(text).as("not approved: compare %s", received).isEqualTo(Files.exists(file) ? text() : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
