package io.gamemetrics.projections.metricsstore;

import java.time.Instant;

/** The question reaches back to events, or days, that are no longer kept; an answer would lack them. */
public final class NoLongerKeptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Instant keptFrom;

    /** @param keptFrom from when on this question can be answered */
    public NoLongerKeptException(Instant keptFrom) {
        super("no longer kept: keptFrom=" + keptFrom, null, false, false);
        this.keptFrom = keptFrom;
    }

    /** From when on the same question can be answered. */
    public Instant keptFrom() {
        return keptFrom;
    }
}
