package io.gamemetrics.projections.leaderboardsstore;

/** A board, or a game's configuration, is older than what was written to it: Redis has lost it, in whole or in part. */
final class BoardLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BoardLostException(String root) {
        super("lost from Redis: " + root);
    }
}
