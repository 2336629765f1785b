package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far boards and games have come by a batch. Used by one thread.
 *
 * @param positions by root
 * @param released how often late events were written, by root, where some are now
 */
record Reach(Map<String, Position> positions, Map<String, String> released) {

    Reach() {
        this(new TreeMap<>(), new TreeMap<>());
    }

    /** @param times absent where no late events are written */
    void add(String root, Position at, @Nullable String times) {
        positions.put(root, at);
        if (times != null) {
            released.put(root, times);
        }
    }
}
