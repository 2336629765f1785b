/** Follows scores and puts players in order. */
@NullMarked
package io.gamemetrics.projections.leaderboards;

import org.jspecify.annotations.NullMarked;
