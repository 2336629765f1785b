package io.gamemetrics.infrastructure.architecturetests.wrong.projections.metricsstore;

/** Stands for a store's Writer, for the fixtures to use. */
public interface MetricsWriter {}
