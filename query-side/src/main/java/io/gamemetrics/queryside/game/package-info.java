/** A game, and how new its numbers are. */
@NullMarked
package io.gamemetrics.queryside.game;

import org.jspecify.annotations.NullMarked;
