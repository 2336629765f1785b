/** Follows everything that is reported and counts it. */
@NullMarked
package io.gamemetrics.projections.metrics;

import org.jspecify.annotations.NullMarked;
