package io.gamemetrics.projections.recommendationsstore;

import java.sql.SQLException;

/** The database of the recommendations could not be asked. */
public final class RecommendationsStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RecommendationsStoreException(String message, SQLException cause) {
        super(message, cause);
    }
}
