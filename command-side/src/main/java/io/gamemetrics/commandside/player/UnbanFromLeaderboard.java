package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Lift what {@link BanFromLeaderboard} did.
 *
 * @param leaderboardId absent: the ban from all boards; bans of single ones stay
 * @param eventId the decision's id: what was decided under it once is not decided again
 * @param at when it was asked for
 * @param by who asked
 */
public record UnbanFromLeaderboard(
        @TargetAggregateIdentifier Pseudonym player,
        @Nullable String leaderboardId,
        EventId eventId,
        Instant at,
        String by)
        implements PlayerCommand {

    @Override
    public String toString() {
        return "UnbanFromLeaderboard[player=" + player + ", leaderboardId=" + leaderboardId + "]";
    }
}
