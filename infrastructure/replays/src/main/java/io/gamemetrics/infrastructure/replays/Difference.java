package io.gamemetrics.infrastructure.replays;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a read model that two versions do not have alike. Names no player.
 *
 * @param section what is kept there, in the store's words
 * @param game the game's number; 0 for none
 * @param part which of the game's: a local day, a board and a period; empty for all of it
 * @param oldCount entries in the version that is replaced
 * @param newCount entries in the version that was built
 * @param oldChecksum of the entries; absent where only the entries themselves tell
 * @param distance between vectors: the greatest cosine distance, 0 to 2; absent for anything else
 * @param positions of some events that the entries which differ were made of
 */
public record Difference(
        String section,
        int game,
        String part,
        long oldCount,
        long newCount,
        @Nullable Long oldChecksum,
        @Nullable Long newChecksum,
        @Nullable Double distance,
        List<String> positions) {

    public Difference {
        positions = List.copyOf(positions);
    }
}
