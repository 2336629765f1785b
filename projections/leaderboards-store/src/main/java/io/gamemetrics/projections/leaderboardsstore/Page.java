package io.gamemetrics.projections.leaderboardsstore;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list, read at one moment.
 *
 * @param total how many are listed in the whole period
 * @param lastScoreStoredAt when a score of this period was stored last, or somebody with one was linked or banned; absent
 *     where none was
 */
public record Page(
        List<Entry> entries,
        long total,
        boolean hasPrevious,
        boolean hasNext,
        @Nullable Instant lastScoreStoredAt) {

    public Page {
        entries = List.copyOf(entries);
    }
}
