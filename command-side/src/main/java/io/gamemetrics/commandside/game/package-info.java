/** A game's configuration: its aggregate, its keys, and the HTTP interface to both. */
@NullMarked
package io.gamemetrics.commandside.game;

import org.jspecify.annotations.NullMarked;
