package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Take a player off a leaderboard.
 *
 * @param leaderboardId one that the game has defined; absent: off all boards, those to come included
 * @param eventId the decision's id: what was decided under it once is not decided again
 * @param at when it was asked for
 * @param by who asked
 * @param reason in their words; absent when none was given
 */
public record BanFromLeaderboard(
        @TargetAggregateIdentifier Pseudonym player,
        @Nullable String leaderboardId,
        EventId eventId,
        Instant at,
        String by,
        @Nullable String reason)
        implements PlayerCommand {

    @Override
    public String toString() {
        return "BanFromLeaderboard[player=" + player + ", leaderboardId=" + leaderboardId + "]";
    }
}
