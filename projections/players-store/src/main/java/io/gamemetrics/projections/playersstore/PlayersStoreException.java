package io.gamemetrics.projections.playersstore;

/** The players' database refused or can't be reached. Nothing was changed; the same call may succeed later. */
public final class PlayersStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PlayersStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
