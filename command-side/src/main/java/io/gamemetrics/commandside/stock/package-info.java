/** Aggregates that are decided by stock Axon, as all are but players. */
@NullMarked
package io.gamemetrics.commandside.stock;

import org.jspecify.annotations.NullMarked;
