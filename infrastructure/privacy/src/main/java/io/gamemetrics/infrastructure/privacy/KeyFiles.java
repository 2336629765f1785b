package io.gamemetrics.infrastructure.privacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The key files of one folder: {@code lookup.key} and a {@code epoch-0001.key} for each epoch, 32 random bytes in base64
 * each. A file is whole and on disk before its name exists.
 */
final class KeyFiles {

    /** The epoch number that stands for {@code lookup.key}. */
    static final short LOOKUP = 0;

    private static final String SIGNING = "signing.key";

    /** Begins the names of files that are about to be written over and deleted; no key is read from them. */
    private static final String DESTROYED = ".destroyed-";

    /** Not 0000: that number stands for the lookup secret, which has a name of its own. */
    private static final Pattern EPOCH = Pattern.compile("epoch-(?!0000)(\\d{4})\\.key");

    private final Path folder;

    KeyFiles(Path folder) {
        this.folder = folder;
    }

    /** The secrets by epoch, the lookup secret as {@link #LOOKUP}; empty when there is no folder. */
    NavigableMap<Short, byte[]> read() {
        NavigableMap<Short, byte[]> secrets = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return secrets;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher epoch = EPOCH.matcher(file.getFileName().toString());
                try {
                    if (epoch.matches()) {
                        secrets.put(Short.valueOf(epoch.group(1)), secretIn(file));
                    } else if (file.endsWith("lookup.key")) {
                        secrets.put(LOOKUP, secretIn(file));
                    }
                } catch (NoSuchFileException destroyed) {
                    // Since the folder was listed.
                }
            }
            return secrets;
        } catch (IOException e) {
            throw new KeysRefusedException("The key directory " + folder + " cannot be read ("
                    + e.getClass().getSimpleName() + "): give the user that runs this program access to it.");
        }
    }

    /** Writes a new random secret. */
    void create(short epoch) {
        create(name(epoch), Base64.getEncoder().encodeToString(Secrets.random()) + "\n");
    }

    private static String name(short epoch) {
        return epoch == LOOKUP ? "lookup.key" : "epoch-%04d.key".formatted(epoch);
    }

    /**
     * Writes over an epoch's file and deletes it, and what an earlier call that ended halfway left; nothing when it is gone.
     * A disk that never writes twice to one place, and every copy of the file, keeps it all the same.
     */
    void destroy(short epoch) {
        Path file = folder.resolve(name(epoch));
        try {
            destroyLeft();
            if (Files.exists(file)) {
                // By another name first: half a key under its own is one that no platform starts with.
                Files.move(file, folder.resolve(DESTROYED + name(epoch)), StandardCopyOption.ATOMIC_MOVE);
                force();
                destroyLeft();
            }
        } catch (NoSuchFileException e) {
            // Another process was faster.
            return;
        } catch (IOException e) {
            throw new KeysRefusedException("The key file " + file + " cannot be destroyed ("
                    + e.getClass().getSimpleName()
                    + "): make it writable for the user that runs this program, and again.");
        }
    }

    private void destroyLeft() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, DESTROYED + "*")) {
            for (Path file : left) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.allocate((int) Math.min(channel.size(), Secrets.KEY_BYTES * 4L)));
                    channel.force(true);
                } catch (NoSuchFileException e) {
                    // Another process was faster.
                    continue;
                }
                Files.deleteIfExists(file);
            }
        }
        force();
    }

    private void force() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Signs; made now when there is no key to sign with. */
    Signer signer() {
        Path file = folder.resolve(SIGNING);
        try {
            if (!Files.exists(file)) {
                create(SIGNING, Signer.newFile());
            }
            return Signer.ofFile(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException | IllegalArgumentException e) {
            throw new KeysRefusedException("The signing key " + file + " cannot be read: put its copy back.");
        }
    }

    private void create(String name, String text) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path written = Files.createTempFile(
                    folder,
                    ".new-",
                    ".key",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            try {
                // A hard link, unlike a rename, never replaces a key that is there already.
                Files.createLink(folder.resolve(name), written);
            } finally {
                Files.delete(written);
            }
            force();
        } catch (IOException e) {
            throw new KeysRefusedException("A key file cannot be written in " + folder + " ("
                    + e.getClass().getSimpleName()
                    + "): make the folder writable for the user that runs this program.");
        }
    }

    private static byte[] secretIn(Path file) throws IOException {
        if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            throw new KeysRefusedException("The key file " + file + " is readable by everyone: run chmod 600 on it.");
        }
        byte[] secret;
        try {
            secret = Base64.getDecoder()
                    .decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (IllegalArgumentException e) {
            secret = new byte[0];
        }
        if (secret.length != Secrets.KEY_BYTES) {
            throw new KeysRefusedException(
                    "The key file " + file + " does not hold 32 bytes in base64: put its copy back.");
        }
        return secret;
    }

    /** The folder with symbolic links followed as far as it exists. */
    static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path existing = absolute;
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (existing == null) {
            return absolute;
        }
        try {
            return existing.toRealPath().resolve(existing.relativize(absolute));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
