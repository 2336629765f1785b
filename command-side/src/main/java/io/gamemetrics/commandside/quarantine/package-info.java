/** Streams that wait behind an event a projection could not apply, and what operators order for them. */
@NullMarked
package io.gamemetrics.commandside.quarantine;

import org.jspecify.annotations.NullMarked;
