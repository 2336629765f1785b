package io.gamemetrics.projections.leaderboardsstore;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Redis could not be asked, or is not what it should be. It says nothing against an event: whoever writes waits it out. */
public final class LeaderboardsStoreException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    LeaderboardsStoreException(String message, Throwable cause) {
        super(message, new IOException(cause));
    }

    LeaderboardsStoreException(String message) {
        super(message, new IOException(message));
    }
}
