package io.gamemetrics.projections.runtime;

/** Another instance has taken this partition over; this one must stop writing to it and begin again. */
public final class CheckpointMovedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CheckpointMovedException(String projection, int partition) {
        super("checkpoint of " + projection + " was moved by another instance: partition=" + partition);
    }
}
