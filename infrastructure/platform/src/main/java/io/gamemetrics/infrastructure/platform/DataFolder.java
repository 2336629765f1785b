package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.infrastructure.embeddedservers.CannotStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one folder in which a platform keeps everything but its keys. Held by one process at a time; readable by its owner
 * alone. A file in it names the format of its contents, so that a later program knows what it finds.
 */
final class DataFolder implements AutoCloseable {

    /** Rises when a program has to change what lies here beyond what the stores' own migrations do. */
    static final int FORMAT = 1;

    private final Path root;
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** @throws CannotStartException when it cannot be used; nothing in it has been changed then */
    static DataFolder open(Path root, long leastFreeMebibytes) {
        try {
            create(root);
            refuseFullDisk(root, leastFreeMebibytes);
            refuseOthersFiles(root);
            FileChannel lock = lock(root);
            try {
                checkFormat(root);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
            return new DataFolder(root, lock);
        } catch (IOException e) {
            throw new CannotStartException(
                    "The data folder " + root + " cannot be used (" + e.getMessage()
                            + "): make it writable for you, or name another one in GAMEMETRICS_DATA.",
                    e);
        }
    }

    Path file(String name) {
        return root.resolve(name);
    }

    Path root() {
        return root;
    }

    /** Writes a file that its owner alone can read, whole or not at all. */
    void writeSecret(String name, String text) {
        try {
            Path work = Files.createTempFile(
                    root,
                    "." + name,
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(work, text);
            Files.move(work, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file(name), e);
        }
    }

    /** The text of a file; null when there is none. */
    @Nullable
    String read(String name) {
        try {
            return Files.exists(file(name)) ? Files.readString(file(name)).strip() : null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file(name), e);
        }
    }

    private static void create(Path root) throws IOException {
        if (!Files.exists(root)) {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        }
        if (!Files.isDirectory(root) || !Files.isWritable(root)) {
            throw new CannotStartException("The data folder " + root
                    + " is not writable: make it writable for you, or name another one in GAMEMETRICS_DATA.");
        }
    }

    private static void refuseFullDisk(Path root, long leastFreeMebibytes) throws IOException {
        long free = Files.getFileStore(root).getUsableSpace() >> 20;
        if (free < leastFreeMebibytes) {
            throw new CannotStartException(
                    "The disk of " + root + " has only " + free + " MiB free and " + leastFreeMebibytes
                            + " are needed: make room, or name a folder on another disk in GAMEMETRICS_DATA.");
        }
    }

    private static void refuseOthersFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            boolean ours = Files.exists(root.resolve("format")) || Files.exists(root.resolve("lock"));
            if (!ours && files.findAny().isPresent()) {
                throw new CannotStartException("The folder " + root
                        + " holds files that are not this platform's: name an empty folder in GAMEMETRICS_DATA.");
            }
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        Path file = root.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // held by this very process: as much in use as by another one
        }
        if (lock == null) {
            String holder = Files.readString(file).strip();
            channel.close();
            throw new CannotStartException("The data folder " + root + " is in use"
                    + (holder.isEmpty() ? "" : " by process " + holder)
                    + ": stop that platform, or name another folder in GAMEMETRICS_DATA.");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static void checkFormat(Path root) throws IOException {
        Path file = root.resolve("format");
        if (!Files.exists(file)) {
            Files.writeString(file, FORMAT + "\n");
            return;
        }
        String text = Files.readString(file).strip();
        int format;
        try {
            format = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new CannotStartException("The data folder " + root + " is damaged (its file `format` says \"" + text
                    + "\"): put back a backup of it, or name another folder in GAMEMETRICS_DATA.");
        }
        if (format > FORMAT) {
            throw new CannotStartException(
                    "The data in " + root + " were written by a newer version of this program (format " + format
                            + ", this one knows " + FORMAT + "): start them with that version.");
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
