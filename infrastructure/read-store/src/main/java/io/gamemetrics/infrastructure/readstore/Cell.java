package io.gamemetrics.infrastructure.readstore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalLong;

/**
 * A part of a read model that another version's can be held against: a table's rows of a game and day, a board's list.
 *
 * @param count how many entries it has
 * @param checksum of all entries, the same for the same entries in any order; absent where only the entries themselves tell
 */
public record Cell(Key key, long count, OptionalLong checksum) {

    /**
     * Which part.
     *
     * @param section what is kept there, in the store's words
     * @param game the game's number; 0 for none
     * @param part which of the game's: a local day as 2026-11-29, a board and a period; empty for all of it
     */
    public record Key(String section, int game, String part) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::section, Key::byBytes)
                .thenComparingInt(Key::game)
                .thenComparing(Key::part, Key::byBytes);

        /** By section, game and part, texts by their UTF-8 bytes: as PostgreSQL's collation C sorts them. */
        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        private static int byBytes(String one, String other) {
            return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
        }
    }
}
