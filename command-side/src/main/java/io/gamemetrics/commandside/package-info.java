/** The command side: everything that changes anything comes in here. */
@NullMarked
package io.gamemetrics.commandside;

import org.jspecify.annotations.NullMarked;
