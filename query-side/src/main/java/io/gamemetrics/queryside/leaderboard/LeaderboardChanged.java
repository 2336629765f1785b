package io.gamemetrics.queryside.leaderboard;

import io.gamemetrics.sharedkernel.ids.Position;
import org.jspecify.annotations.Nullable;

/**
 * A board's lists changed, or may have.
 *
 * @param position absent where nobody can tell how far the boards are
 */
public record LeaderboardChanged(
        String leaderboardId, @Nullable Position position) {}
