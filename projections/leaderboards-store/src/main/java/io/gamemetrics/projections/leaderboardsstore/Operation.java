package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event does to boards. Operations of a batch may be applied in any order, and twice, but a player's scores in
 * theirs: what a sum has counted it knows by the last position alone.
 */
sealed interface Operation {

    UUID player();

    Position position();

    Instant storedAt();

    /** A score on one board. */
    record Score(String boardId, UUID player, long score, Instant occurredAt, Position position, Instant storedAt)
            implements Operation {}

    /** From now on the player's scores count for a person, on every board. */
    record Link(UUID player, UUID person, Position position, Instant storedAt) implements Operation {}

    /** @param boardId absent: on every board */
    record Ban(@Nullable String boardId, UUID player, boolean banned, Position position, Instant storedAt)
            implements Operation {}
}
