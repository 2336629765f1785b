package io.gamemetrics.queryside.datasubject;

import io.gamemetrics.queryside.limits.Ranges;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a page lies in a growing list that is read from the first on. */
record PageEnds(
        boolean hasPreviousPage,
        boolean hasNextPage,
        @Nullable String startCursor,
        @Nullable String endCursor) {

    private static final int MOST = 200;

    static void check(int first) {
        Ranges.checkBetween("first", first, 1, MOST);
    }

    /** @param cursors of what is on the page */
    static PageEnds of(@Nullable String after, boolean isMore, List<String> cursors) {
        return new PageEnds(
                after != null,
                isMore,
                cursors.isEmpty() ? null : cursors.getFirst(),
                cursors.isEmpty() ? null : cursors.getLast());
    }
}
