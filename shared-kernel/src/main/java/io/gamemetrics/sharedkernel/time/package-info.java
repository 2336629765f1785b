/** Days and zones of a game. */
@NullMarked
package io.gamemetrics.sharedkernel.time;

import org.jspecify.annotations.NullMarked;
