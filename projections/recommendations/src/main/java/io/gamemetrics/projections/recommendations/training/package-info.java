/** Makes item vectors of what players did, and judges them. Arithmetic alone: no store, no clock, one thread. */
@NullMarked
package io.gamemetrics.projections.recommendations.training;

import org.jspecify.annotations.NullMarked;
