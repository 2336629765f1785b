package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.sharedkernel.ids.GameId;

/** The projection has not heard of the game, or not yet. */
public final class UnknownGameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownGameException(GameId gameId) {
        super("game is not in the metrics: gameId=" + gameId);
    }
}
