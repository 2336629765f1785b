package io.gamemetrics.projections.metricsstore;

/** What {@link MetricsReader#eventMetrics} measures of the events of one name. */
public enum Measure {
    COUNT,
    /** Distinct players; events without a player do not add any. */
    PLAYERS,
    SUM_VALUE,
    /** Six decimals, over the events that have the value; null where none has. */
    MEAN_VALUE
}
