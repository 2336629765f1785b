package io.gamemetrics.infrastructure.eventstore;

/**
 * Somebody else appended to a stream since it was read: what was decided on it is out of date, and nothing of the group
 * was stored. Read the stream and decide again.
 */
public final class StaleStreamException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    public StaleStreamException(Throwable cause) {
        super("a stream of the group has moved on", cause);
    }
}
