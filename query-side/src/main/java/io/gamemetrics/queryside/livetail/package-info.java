/** A game's events as they come. */
@NullMarked
package io.gamemetrics.queryside.livetail;

import org.jspecify.annotations.NullMarked;
