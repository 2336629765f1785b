package io.gamemetrics.projections.recommendationsstore.vectors;

/** The vectors could not be asked or changed. */
public final class VectorStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public VectorStoreException(String message) {
        super(message);
    }

    public VectorStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
