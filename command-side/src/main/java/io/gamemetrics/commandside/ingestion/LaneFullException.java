package io.gamemetrics.commandside.ingestion;

/** A lane has as many commands of a game waiting as it may; nothing was done about this one. */
final class LaneFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LaneFullException() {
        super("the lane's queue is full", null, false, false);
    }
}
