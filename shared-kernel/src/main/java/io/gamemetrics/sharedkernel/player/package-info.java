/** Everything a game backend can report, with and without a player. */
@NullMarked
package io.gamemetrics.sharedkernel.player;

import org.jspecify.annotations.NullMarked;
