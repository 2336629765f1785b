/**
 * What the metrics projection keeps in PostgreSQL or TimescaleDB: its schema, the one writer and the one reader. Nothing
 * else touches these tables.
 */
@NullMarked
package io.gamemetrics.projections.metricsstore;

import org.jspecify.annotations.NullMarked;
