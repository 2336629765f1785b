/** A game's numbers. */
@NullMarked
package io.gamemetrics.queryside.metrics;

import org.jspecify.annotations.NullMarked;
