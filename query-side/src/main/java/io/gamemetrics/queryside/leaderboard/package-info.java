/** Who stands where on a game's leaderboards. */
@NullMarked
package io.gamemetrics.queryside.leaderboard;

import org.jspecify.annotations.NullMarked;
