package io.gamemetrics.projections.metricsstore;

/** How wide a bucket is, in the game's local time: an hour begins at a local full hour, also in half-hour zones. */
public enum Granularity {
    MINUTE,
    HOUR,
    DAY
}
