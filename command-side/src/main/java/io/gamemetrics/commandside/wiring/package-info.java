/** How the command side is put together: one concern a class. */
@NullMarked
package io.gamemetrics.commandside.wiring;

import org.jspecify.annotations.NullMarked;
