/** What is true of one player: the aggregate that decides about reported events, and the rules beside it. */
@NullMarked
package io.gamemetrics.commandside.player;

import org.jspecify.annotations.NullMarked;
