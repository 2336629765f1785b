package io.gamemetrics.queryside.leaderboard;

import io.gamemetrics.projections.leaderboardsstore.BoardRule;
import io.gamemetrics.projections.leaderboardsstore.Page;
import io.gamemetrics.projections.leaderboardsstore.Period;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, as the type of the same name shows it.
 *
 * @param closed whether the period was over when it was read
 * @param changedAfterClose whether a score that counts in it was stored, or its list changed, after it was over
 */
record LeaderboardConnection(
        WantedPeriod period,
        boolean closed,
        boolean changedAfterClose,
        @Nullable Instant changedAt,
        long totalCount,
        List<Edge> edges,
        PageEnds pageInfo) {

    record Edge(String cursor, LeaderboardEntry node) {}

    record PageEnds(
            boolean hasPreviousPage,
            boolean hasNextPage,
            @Nullable String startCursor,
            @Nullable String endCursor) {}

    public List<LeaderboardEntry> nodes() {
        return edges.stream().map(Edge::node).toList();
    }

    static LeaderboardConnection of(GameId game, BoardRule rule, Period period, Page page, Instant now) {
        List<Edge> edges = page.entries().stream()
                .map(entry -> new Edge(entry.cursor().text(), new LeaderboardEntry(game, entry)))
                .toList();
        Instant end = period.end(rule.zone()).orElse(null);
        Instant changedAt = page.lastScoreStoredAt();
        return new LeaderboardConnection(
                new WantedPeriod.Named(period),
                end != null && !now.isBefore(end),
                end != null && changedAt != null && !changedAt.isBefore(end),
                changedAt,
                page.total(),
                edges,
                new PageEnds(
                        page.hasPrevious(),
                        page.hasNext(),
                        edges.isEmpty() ? null : edges.getFirst().cursor(),
                        edges.isEmpty() ? null : edges.getLast().cursor()));
    }
}
