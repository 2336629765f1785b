package io.gamemetrics.infrastructure.privacy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of erasures: a file outside every database, only ever added to, so that a database restored to older data
 * learns again who was erased since. A line an entry, {@code number instant kind game playerHash times mac}; each MAC,
 * under a key of the key directory, covers the one before it. Names nobody.
 *
 * <p>Whoever calls holds the lock on the vault's row, which orders all who share the file.
 */
final class ErasureLedger {

    static final String FILE = "erasures.ledger";

    private static final byte[] BEGINNING = new byte[32];

    /** Longest line there can be; a longer one is no ledger. */
    private static final int MAX_LINE_BYTES = 512;

    private final Path file;
    private final KeyDirectory keys;

    /** How far the file was read and found whole: bytes, entries and the last one's MAC. */
    private long offset;

    private Head head = new Head(0, BEGINNING);

    ErasureLedger(Path folder, KeyDirectory keys) {
        this.file = folder.resolve(FILE);
        this.keys = keys;
    }

    /** What can happen to an id. Stored by name. */
    enum Kind {
        /** Whatever of the player comes or occurred until now is refused. */
        BEGUN,
        /** The player's key is about to be destroyed. */
        ERASED,
        /** The player may come back, as somebody else. */
        READMITTED
    }

    /**
     * One entry.
     *
     * @param number from 1, without gaps
     * @param times which erasure of this id it belongs to, from 1
     */
    record Entry(long number, Instant at, Kind kind, int game, UUID playerHash, int times) {

        private String text() {
            return "%d %s %s %d %s %d".formatted(number, at, kind, game, playerHash, times);
        }

        /** @throws IllegalArgumentException or {@link DateTimeException} when it is none */
        private static Entry of(String text) {
            String[] parts = text.split(" ", -1);
            if (parts.length != 6) {
                throw new IllegalArgumentException("an entry has six parts: " + parts.length);
            }
            return new Entry(
                    Long.parseLong(parts[0]),
                    Instant.parse(parts[1]),
                    Kind.valueOf(parts[2]),
                    Integer.parseInt(parts[3]),
                    UUID.fromString(parts[4]),
                    Integer.parseInt(parts[5]));
        }
    }

    /** Where a ledger ends: how many entries, and the MAC of the last. */
    record Head(long entries, byte[] mac) {

        boolean is(Head other) {
            return entries == other.entries && MessageDigest.isEqual(mac, other.mac);
        }
    }

    /** The head as this process knows it. */
    Head head() {
        return head;
    }

    /**
     * The entries after those the vault has heard of; the file is read to its end.
     *
     * @param heard what the vault remembers of the ledger; entries 0 and any MAC when it has heard of none
     * @throws KeysRefusedException when the file is damaged, of other keys, or lacks what the vault has heard of
     */
    List<Entry> after(long heard, byte @Nullable [] mac) {
        Head known = heard == 0 || mac == null ? new Head(0, BEGINNING) : new Head(heard, mac);
        List<Entry> entries = new ArrayList<>();
        if (!head.is(known) || size() < offset) {
            offset = 0;
            head = new Head(0, BEGINNING);
        }
        boolean found = head.is(known);
        for (byte[] line : lines()) {
            Entry entry = next(line);
            if (found) {
                entries.add(entry);
            }
            found = found || head.is(known);
        }
        if (!found) {
            throw new KeysRefusedException("The ledger of erasures " + file + " lacks entry " + known.entries()
                    + ", which the vault has heard of: put its latest copy back, or set GAMEMETRICS_LEDGER_DIR to where it"
                    + " lies; nothing was changed.");
        }
        return entries;
    }

    /** Adds an entry at the end; on disk when this returns. Comes after {@link #after}. */
    Head append(Entry entry) {
        byte[] mac = mac(head.mac(), entry.text());
        byte[] line = bytes(entry.text() + " " + HexFormat.of().formatHex(mac) + "\n");
        boolean isNew = !Files.exists(file);
        try {
            Files.createDirectories(
                    folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // What stands behind is the beginning of a line nobody was told about.
                channel.truncate(offset);
                channel.position(offset);
                ByteBuffer bytes = ByteBuffer.wrap(line);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            if (isNew) {
                try (FileChannel directory = FileChannel.open(folder(), StandardOpenOption.READ)) {
                    directory.force(true);
                }
            }
        } catch (IOException e) {
            throw new VaultUnavailableException("the ledger of erasures can't be written in " + folder() + ": "
                    + e.getClass().getSimpleName());
        }
        offset += line.length;
        head = new Head(entry.number(), mac);
        return head;
    }

    private Path folder() {
        Path folder = file.getParent();
        return folder == null ? Path.of("") : folder;
    }

    private long size() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private KeysRefusedException unreadable(IOException e) {
        return new KeysRefusedException("The ledger of erasures " + file + " cannot be read ("
                + e.getClass().getSimpleName() + "): give the user that runs this program access to it.");
    }

    /** The whole lines after the offset, without their ends; half a line at the end was never answered for. */
    private List<byte[]> lines() {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<byte[]> lines = new ArrayList<>();
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(Math.min(offset, Files.size(file)));
            ByteArrayOutputStream line = new ByteArrayOutputStream(MAX_LINE_BYTES);
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        lines.add(line.toByteArray());
                        line.reset();
                    } else if (line.size() < MAX_LINE_BYTES) {
                        line.write(buffer[i]);
                    } else {
                        throw damaged(head.entries() + lines.size() + 1);
                    }
                }
            }
            return lines;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Entry next(byte[] line) {
        String text = new String(line, StandardCharsets.US_ASCII);
        int space = text.lastIndexOf(' ');
        try {
            Entry entry = Entry.of(text.substring(0, Math.max(space, 0)));
            byte[] mac = mac(head.mac(), entry.text());
            // To the letter: what is read the same in two spellings was changed all the same.
            byte[] expected = bytes(entry.text() + " " + HexFormat.of().formatHex(mac));
            if (entry.number() != head.entries() + 1 || !MessageDigest.isEqual(line, expected)) {
                throw damaged(head.entries() + 1);
            }
            offset += line.length + 1;
            head = new Head(entry.number(), mac);
            return entry;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw damaged(head.entries() + 1);
        }
    }

    private KeysRefusedException damaged(long entry) {
        return new KeysRefusedException("The ledger of erasures " + file + " is damaged at entry " + entry
                + ", or of another key directory: put its latest copy back; nothing was changed.");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] mac(byte[] before, String text) {
        byte[] bytes = bytes(text);
        return Secrets.hmac(
                keys.ledgerKey(),
                ByteBuffer.allocate(before.length + bytes.length)
                        .put(before)
                        .put(bytes)
                        .array());
    }
}
