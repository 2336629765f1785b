package io.gamemetrics.projections.leaderboardsstore;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A place in a list: right behind the entry that had this score and tie when it was read. It stays where it is whatever
 * becomes of that entry. Holds nothing of the player.
 *
 * @param standing the score as the list is sorted by it
 * @param achievedAtMillis when the score was reached
 * @param position of the event by which it was
 */
public record Cursor(double standing, long achievedAtMillis, long position) {

    private static final byte VERSION = 1;
    private static final int BYTES = 1 + 3 * Long.BYTES;

    /**
     * Reads what {@link #text} writes.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static Cursor parse(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        if (bytes.remaining() != BYTES || bytes.get() != VERSION) {
            throw new IllegalArgumentException("a cursor must be one that was given out");
        }
        Cursor cursor = new Cursor(bytes.getDouble(), bytes.getLong(), bytes.getLong());
        if (Double.isNaN(cursor.standing())) {
            throw new IllegalArgumentException("a cursor must be one that was given out");
        }
        return cursor;
    }

    /** Opaque text of letters, digits, {@code -} and {@code _}. */
    public String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putDouble(standing)
                .putLong(achievedAtMillis)
                .putLong(position);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
