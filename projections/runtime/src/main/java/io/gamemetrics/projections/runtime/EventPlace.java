package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.UUID;

/**
 * Where the event at hand stands; an {@code @EventHandler} method may take it as its second parameter.
 *
 * @param gameNumber the game's dense number
 * @param playerNumber the player's dense number, or -1 for an event without a player
 * @param sequence its place in the stream, from 0
 * @param otherNumber the dense number of another player whom the event names; -1 when it names none, or one who was
 *     erased
 */
public record EventPlace(
        Position position,
        int gameNumber,
        UUID stream,
        int playerNumber,
        long sequence,
        Instant storedAt,
        int otherNumber) {

    /** The place of an event that names no other player. */
    public EventPlace(
            Position position, int gameNumber, UUID stream, int playerNumber, long sequence, Instant storedAt) {
        this(position, gameNumber, stream, playerNumber, sequence, storedAt, -1);
    }
}
