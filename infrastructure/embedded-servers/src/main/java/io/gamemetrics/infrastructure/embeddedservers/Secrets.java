package io.gamemetrics.infrastructure.embeddedservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Passwords made once and kept in files that their owner alone can read. */
final class Secrets {

    private static final int BYTES = 24;

    private Secrets() {}

    /** The password in {@code file}; made at the first call. */
    static String password(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[BYTES];
                new SecureRandom().nextBytes(random);
                write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep a password in " + file, e);
        }
    }

    /** Writes the file whole or not at all, for its owner's eyes only. */
    static void write(Path file, String text) throws IOException {
        Path work = Files.createTempFile(
                java.util.Objects.requireNonNull(file.toAbsolutePath().getParent()),
                ".new-",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(work, text);
        Files.move(work, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
