package io.gamemetrics.projections.leaderboardsstore;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list: at most {@code most} of the entries between two places.
 *
 * @param fromEnd whether the last of them rather than the first
 * @param after absent: from the list's beginning
 * @param before absent: to the list's end
 */
public record PageRequest(
        int most,
        boolean fromEnd,
        @Nullable Cursor after,
        @Nullable Cursor before) {

    public PageRequest {
        if (most < 1 || most > LeaderboardsReader.MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "a page must have 1 to " + LeaderboardsReader.MAX_ENTRIES + " entries: most=" + most);
        }
    }

    /** The list's first entries. */
    public static PageRequest first(int most) {
        return new PageRequest(most, false, null, null);
    }
}
