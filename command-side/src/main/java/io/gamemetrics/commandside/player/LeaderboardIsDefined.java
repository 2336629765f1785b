package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ScoreSubmitted;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A score is for a leaderboard of the game: what its rule is has to be known before anything can be ranked by it. */
record LeaderboardIsDefined(Set<String> leaderboards) implements Rule {

    static final String UNKNOWN = "score.leaderboard.unknown";

    @Override
    public @Nullable Refusal refusal(PlayerEvent event, Facts facts) {
        if (!(event instanceof ScoreSubmitted score) || leaderboards.contains(score.leaderboardId())) {
            return null;
        }
        // Sorted, so that of two names as near the same one is told every time.
        Optional<String> near = NearestName.closeTo(score.leaderboardId(), new TreeSet<>(leaderboards));
        return new Refusal(
                UNKNOWN,
                "/leaderboardId",
                "leaderboardId: the game has no such leaderboard"
                        + near.map(name -> "; the nearest is '" + name + "'").orElse(""));
    }
}
