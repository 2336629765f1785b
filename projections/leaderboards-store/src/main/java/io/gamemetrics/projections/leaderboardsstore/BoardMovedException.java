package io.gamemetrics.projections.leaderboardsstore;

/** Another instance wrote to a board in this partition's name. */
final class BoardMovedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BoardMovedException(Keys.Board board) {
        super("another instance writes to board " + board.id() + " of game " + board.game());
    }
}
