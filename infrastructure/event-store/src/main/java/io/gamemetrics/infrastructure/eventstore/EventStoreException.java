package io.gamemetrics.infrastructure.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * The database could not be asked, or was cut off on the way. After an append, the group may or may not be stored; the
 * sequences tell.
 */
public class EventStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EventStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
