/** Everything that can happen to a game's configuration. */
@NullMarked
package io.gamemetrics.sharedkernel.game;

import org.jspecify.annotations.NullMarked;
