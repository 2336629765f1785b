/** The profiles of players: their tables, how they are written and how they are read. */
@NullMarked
package io.gamemetrics.projections.playersstore;

import org.jspecify.annotations.NullMarked;
