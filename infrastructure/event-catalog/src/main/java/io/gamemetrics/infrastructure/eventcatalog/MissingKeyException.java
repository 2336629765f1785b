package io.gamemetrics.infrastructure.eventcatalog;

import java.util.UUID;

/** Nothing can be written to a stream whose key is gone: the player was erased in the meantime, or never known. */
public final class MissingKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID stream;

    MissingKeyException(UUID stream) {
        super("the vault has no key for the stream: stream=" + stream);
        this.stream = stream;
    }

    public UUID stream() {
        return stream;
    }
}
