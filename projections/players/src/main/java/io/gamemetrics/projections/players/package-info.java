/** What each event means for the profiles of players. */
@NullMarked
package io.gamemetrics.projections.players;

import org.jspecify.annotations.NullMarked;
