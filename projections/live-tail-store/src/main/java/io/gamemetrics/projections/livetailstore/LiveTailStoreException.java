package io.gamemetrics.projections.livetailstore;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Redis did not do what it was asked. Nothing in an event can be the reason, so it passes. */
public final class LiveTailStoreException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    LiveTailStoreException(String message, Throwable cause) {
        super(message, new IOException(cause));
    }
}
