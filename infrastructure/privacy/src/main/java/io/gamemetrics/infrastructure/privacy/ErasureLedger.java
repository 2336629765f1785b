package io.gamemetrics.infrastructure.privacy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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

    private final LedgerFile file;
    private final KeyDirectory keys;

    /** How far the file was read and found whole. */
    private Head head = new Head(0, BEGINNING);

    ErasureLedger(Path folder, KeyDirectory keys) {
        this.file = new LedgerFile(folder.resolve(FILE));
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
        // What others have added since is read on from here; a file that is another one by now, from the front.
        boolean isBehind = known.entries() > head.entries() || head.is(known);
        if (!isBehind || !file.isAsRead()) {
            startOver();
        }
        List<Entry> entries = new ArrayList<>();
        boolean found = head.is(known);
        LedgerFile.Unread unread = file.unread();
        for (byte[] line : unread.whole()) {
            Entry entry = next(line);
            if (found) {
                entries.add(entry);
            }
            found = found || head.is(known);
        }
        if (isWhole(unread.rest())) {
            throw file.damaged();
        }
        if (!found) {
            throw new KeysRefusedException("The ledger of erasures " + file + " lacks entry " + known.entries()
                    + ", which the vault has heard of: put its latest copy back, or set GAMEMETRICS_LEDGER_DIR to where it"
                    + " lies; nothing was changed.");
        }
        return entries;
    }

    /**
     * Adds an entry at the end; on disk when this returns. Comes after {@link #after}.
     *
     * @throws VaultUnavailableException when it can't be written, or somebody has added one since who does not wait for this
     *     vault's lock: another vault that shares the file
     */
    Head append(Entry entry) {
        byte[] mac = mac(head.mac(), entry.text());
        boolean isAdded;
        try {
            isAdded = file.add(bytes(entry.text() + " " + HexFormat.of().formatHex(mac)));
        } catch (IOException e) {
            startOver();
            throw new VaultUnavailableException("the ledger of erasures " + file + " can't be written: "
                    + e.getClass().getSimpleName());
        }
        if (!isAdded) {
            startOver();
            throw new VaultUnavailableException(
                    "the ledger of erasures " + file + " is written by somebody else too: nothing was added to it");
        }
        head = new Head(entry.number(), mac);
        return head;
    }

    private void startOver() {
        file.startOver();
        head = new Head(0, BEGINNING);
    }

    /** Whether the beginning of a line is an entry and a byte that is no line's end: that one was written whole. */
    private boolean isWhole(byte[] rest) {
        try {
            return rest.length > 0 && entry(Arrays.copyOf(rest, rest.length - 1)) != null;
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }

    private Entry next(byte[] line) {
        try {
            Entry entry = entry(line);
            if (entry != null) {
                file.pass(line);
                head = new Head(entry.number(), mac(head.mac(), entry.text()));
                return entry;
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Not even the form of one.
        }
        throw file.damaged();
    }

    /**
     * The entry that follows the last one read; absent when the line is another one.
     *
     * @throws IllegalArgumentException or {@link DateTimeException} when the line is none at all
     */
    private @Nullable Entry entry(byte[] line) {
        String text = new String(line, StandardCharsets.US_ASCII);
        Entry entry = Entry.of(text.substring(0, Math.max(text.lastIndexOf(' '), 0)));
        byte[] mac = mac(head.mac(), entry.text());
        // To the letter: what is read the same in two spellings was changed all the same.
        byte[] expected = bytes(entry.text() + " " + HexFormat.of().formatHex(mac));
        return entry.number() == head.entries() + 1 && MessageDigest.isEqual(line, expected) ? entry : null;
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
