/**
 * A small game's players, made up: what {@code make demo} shows. Written as a game's backend would send it, and knowing no
 * more of the system than such a backend does.
 */
@NullMarked
package io.gamemetrics.infrastructure.demo;

import org.jspecify.annotations.NullMarked;
