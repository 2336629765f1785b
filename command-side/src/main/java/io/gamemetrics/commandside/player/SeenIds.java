package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.SessionId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Remembers which ids a stream has seen, in at most {@value #MAX_BYTES} bytes: exact 64-bit hashes of the first {@value
 * #EXACT_IDS}, a Bloom filter after that. It never forgets; the fuller it is, the more often it says "maybe" in vain,
 * which costs a look-up and nothing else. Not safe for concurrent use.
 */
final class SeenIds {

    static final int MAX_BYTES = 4096;
    static final int EXACT_IDS = 384;

    private static final int MAX_WORDS = MAX_BYTES / Long.BYTES;
    private static final int BITS = MAX_BYTES * 8;
    private static final int PROBES = 3;

    /** Either an open-addressed table of hashes, 0 = free, or the filter's bits. */
    private long[] words = new long[8];

    private int count;
    private boolean exact = true;

    /** The key of an event's own id. */
    static long keyOf(EventId id) {
        return hash('e', id.value());
    }

    /** The key of a session that has a start or an end. */
    static long keyOf(SessionId id) {
        return hash('s', id.value());
    }

    /** The key of a purchase that has refunds. */
    static long keyOfRefundsOf(EventId purchase) {
        return hash('r', purchase.value());
    }

    /** The key of a moderator's decision: apart from the ids that senders choose. */
    static long keyOfModeration(EventId id) {
        return hash('m', id.value());
    }

    boolean mayContain(long key) {
        if (exact) {
            return words[slot(words, key)] == key;
        }
        for (int probe = 0; probe < PROBES; probe++) {
            int bit = bit(key, probe);
            if ((words[bit >>> 6] & (1L << bit)) == 0) {
                return false;
            }
        }
        return true;
    }

    void add(long key) {
        if (!exact) {
            setBits(words, key);
            return;
        }
        int slot = slot(words, key);
        if (words[slot] == key) {
            return;
        }
        words[slot] = key;
        count++;
        if (count > EXACT_IDS) {
            becomeFilter();
        } else if (words.length < MAX_WORDS && count * 4 > words.length * 3) {
            grow();
        }
    }

    int bytes() {
        return words.length * Long.BYTES;
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(exact);
        out.writeShort(count);
        out.writeShort(words.length);
        for (long word : words) {
            out.writeLong(word);
        }
    }

    static SeenIds read(DataInput in) throws IOException {
        SeenIds seen = new SeenIds();
        seen.exact = in.readBoolean();
        seen.count = in.readShort();
        seen.words = new long[in.readShort()];
        for (int i = 0; i < seen.words.length; i++) {
            seen.words[i] = in.readLong();
        }
        return seen;
    }

    private void grow() {
        long[] larger = new long[words.length * 2];
        for (long key : words) {
            if (key != 0) {
                larger[slot(larger, key)] = key;
            }
        }
        words = larger;
    }

    private void becomeFilter() {
        long[] bits = new long[MAX_WORDS];
        for (long key : words) {
            if (key != 0) {
                setBits(bits, key);
            }
        }
        words = bits;
        exact = false;
    }

    private static void setBits(long[] bits, long key) {
        for (int probe = 0; probe < PROBES; probe++) {
            int bit = bit(key, probe);
            bits[bit >>> 6] |= 1L << bit;
        }
    }

    private static int bit(long key, int probe) {
        int first = (int) key;
        int second = (int) (key >>> 32) | 1;
        return (first + probe * second) & (BITS - 1);
    }

    private static int slot(long[] table, long key) {
        int mask = table.length - 1;
        int slot = (int) key & mask;
        while (table[slot] != 0 && table[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static long hash(char kind, String id) {
        long h = kind * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < id.length(); i++) {
            h = Long.rotateLeft((h ^ id.charAt(i)) * 0xBF58476D1CE4E5B9L, 29);
        }
        // Stafford's mix 13: every bit of the id reaches every bit of the key.
        h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
        h ^= h >>> 31;
        return h == 0 ? 1 : h;
    }
}
