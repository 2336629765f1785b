package io.gamemetrics.queryside.leaderboard;

import io.gamemetrics.projections.leaderboardsstore.BoardRule;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Operator;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Reset;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.SortOrder;
import io.gamemetrics.projections.leaderboardsstore.Leaderboard;
import io.gamemetrics.sharedkernel.ids.GameId;
import org.jspecify.annotations.Nullable;

/** A board of a game, as the type {@code Leaderboard} shows it. */
record GameBoard(GameId game, int gameNumber, Leaderboard board) {

    public String id() {
        return board.boardId();
    }

    public @Nullable Operator operator() {
        BoardRule rule = board.rule();
        return rule == null ? null : rule.operator();
    }

    public @Nullable SortOrder order() {
        BoardRule rule = board.rule();
        return rule == null ? null : rule.order();
    }

    public @Nullable Reset reset() {
        BoardRule rule = board.rule();
        return rule == null ? null : rule.reset();
    }

    public @Nullable String timeZone() {
        BoardRule rule = board.rule();
        return rule == null ? null : rule.zone().getId();
    }

    public boolean needsReplay() {
        return board.needsReplay();
    }

    public boolean rebuilding() {
        return board.rebuilding();
    }

    /** By what its lists can be read; absent while they can't be. */
    @Nullable
    BoardRule readableBy() {
        return board.rebuilding() ? null : board.rule();
    }
}
