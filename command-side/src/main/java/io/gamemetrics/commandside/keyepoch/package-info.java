/** Epochs of the key that wraps all others, over HTTP. */
@NullMarked
package io.gamemetrics.commandside.keyepoch;

import org.jspecify.annotations.NullMarked;
