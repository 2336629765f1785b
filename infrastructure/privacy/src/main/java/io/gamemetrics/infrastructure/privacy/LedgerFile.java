package io.gamemetrics.infrastructure.privacy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of a file that is only ever added to, and how far they were read. Takes nothing away but the beginning of a line,
 * which nobody was told about: whoever wrote it died, or its disk was full. Used by one thread at a time.
 */
final class LedgerFile {

    /** Longest line there can be, with its end; a longer one is none. */
    private static final int MAX_LINE_BYTES = 512;

    private final Path path;

    /** Up to here every line was read: bytes, and how many lines. */
    private long offset;

    private long lines;

    /** The last of them, with its end; empty before the first. */
    private byte[] last = {};

    LedgerFile(Path path) {
        this.path = path;
    }

    /**
     * What is behind the lines that were read.
     *
     * @param whole lines, without their ends
     * @param rest the beginning of one
     */
    record Unread(List<byte[]> whole, byte[] rest) {}

    /** Reads on, to the end. */
    Unread unread() {
        if (!Files.exists(path)) {
            return new Unread(List.of(), new byte[0]);
        }
        List<byte[]> whole = new ArrayList<>();
        try (var in = Files.newInputStream(path)) {
            in.skipNBytes(offset);
            ByteArrayOutputStream line = new ByteArrayOutputStream(MAX_LINE_BYTES);
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        whole.add(line.toByteArray());
                        line.reset();
                    } else if (line.size() < MAX_LINE_BYTES) {
                        line.write(buffer[i]);
                    } else {
                        throw damaged(lines + whole.size() + 1);
                    }
                }
            }
            return new Unread(whole, line.toByteArray());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Goes past the next line, which is this. */
    void pass(byte[] line) {
        last = Arrays.copyOf(line, line.length + 1);
        last[line.length] = '\n';
        offset += last.length;
        lines++;
    }

    /** Reads from the front again. */
    void startOver() {
        offset = 0;
        lines = 0;
        last = new byte[0];
    }

    /** Whether the file has the last line that was read where it was: it may be another file by now. */
    boolean isAsRead() {
        if (last.length == 0) {
            return true;
        }
        if (!Files.exists(path)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return isAsRead(channel);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private boolean isAsRead(FileChannel channel) throws IOException {
        return channel.size() >= offset && Arrays.equals(last, bytes(channel, offset - last.length, last.length));
    }

    /**
     * Adds a line behind those that were read, and goes past it; on disk when this returns.
     *
     * @return whether it was: nothing is added where somebody else has added a line, or is about to
     */
    boolean add(byte[] line) throws IOException {
        boolean isNew = !Files.exists(path);
        Files.createDirectories(
                folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (FileChannel channel = FileChannel.open(
                        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null || !isAsRead(channel) || !isHalfALine(channel)) {
                return false;
            }
            pass(line);
            long from = offset - last.length;
            channel.truncate(from);
            channel.position(from);
            ByteBuffer bytes = ByteBuffer.wrap(last);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (OverlappingFileLockException e) {
            return false;
        }
        if (isNew) {
            try (FileChannel directory = FileChannel.open(folder(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
        return true;
    }

    /** Whether there is nothing behind what was read but the beginning of a line, or nothing at all. */
    private boolean isHalfALine(FileChannel channel) throws IOException {
        long rest = channel.size() - offset;
        if (rest > MAX_LINE_BYTES) {
            return false;
        }
        for (byte each : bytes(channel, offset, (int) rest)) {
            if (each == '\n') {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.array();
    }

    /** Says that the line behind those that were read can't be what was written. */
    KeysRefusedException damaged() {
        return damaged(lines + 1);
    }

    private KeysRefusedException damaged(long line) {
        return new KeysRefusedException("The ledger of erasures " + path + " is damaged at entry " + line
                + ", or of another key directory: put its latest copy back; nothing was changed.");
    }

    private KeysRefusedException unreadable(IOException e) {
        return new KeysRefusedException("The ledger of erasures " + path + " cannot be read ("
                + e.getClass().getSimpleName() + "): give the user that runs this program access to it.");
    }

    private Path folder() {
        Path folder = path.getParent();
        return folder == null ? Path.of("") : folder;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
