package io.gamemetrics.projections.metricsstore;

/** The metrics' database did not do what was asked; the cause says why. Nothing of the attempt was kept. */
public final class MetricsStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MetricsStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
