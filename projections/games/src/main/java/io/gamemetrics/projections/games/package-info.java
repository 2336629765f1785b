/** Follows the games' configuration for the query side. */
@NullMarked
package io.gamemetrics.projections.games;

import org.jspecify.annotations.NullMarked;
