package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Decide these events of one player, in this order.
 *
 * @param receivedAt when the platform got them; the future begins here
 * @param playerEventsPerMinute the game's limit for one minute of when events occurred
 * @param leaderboards the ids of the game's leaderboards
 * @param validateOnly decide, and keep nothing
 */
public record RecordEvents(
        @TargetAggregateIdentifier Pseudonym player,
        Instant receivedAt,
        int playerEventsPerMinute,
        Set<String> leaderboards,
        boolean validateOnly,
        List<Candidate> candidates)
        implements PlayerCommand {

    /** Events of one player in one minute where the game has not set its own limit. */
    public static final int DEFAULT_PLAYER_EVENTS_PER_MINUTE = 10_000;

    public RecordEvents {
        leaderboards = Set.copyOf(leaderboards);
        candidates = List.copyOf(candidates);
    }

    @Override
    public String toString() {
        return "RecordEvents[player=" + player + ", candidates=" + candidates.size() + "]";
    }
}
