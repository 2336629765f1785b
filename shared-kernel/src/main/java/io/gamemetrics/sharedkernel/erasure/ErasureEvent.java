package io.gamemetrics.sharedkernel.erasure;

import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Instant;

/**
 * What an erasure leaves behind, each person's in a stream of its own that belongs to the game: the stream's random id
 * leads to nobody. None of it is personal.
 */
public sealed interface ErasureEvent {

    GameId gameId();

    /**
     * What a player who was erased had added to the game's sums; their own events are read no more. Stored together with
     * {@link io.gamemetrics.sharedkernel.player.PlayerEvent.Erased} of the same person. A large remainder comes in several of
     * these, in one stream.
     *
     * @param remainder one of its {@link Remainder#parts}
     * @param at when the erasure was ordered
     */
    record ErasedContribution(GameId gameId, Remainder remainder, Instant at) implements ErasureEvent {}
}
