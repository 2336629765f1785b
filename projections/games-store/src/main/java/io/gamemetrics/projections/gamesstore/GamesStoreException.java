package io.gamemetrics.projections.gamesstore;

import java.sql.SQLException;

/** The games' database could not be asked. */
public final class GamesStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GamesStoreException(String message, SQLException cause) {
        super(message, cause);
    }
}
