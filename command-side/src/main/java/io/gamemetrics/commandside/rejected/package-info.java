/** Refused events: looked through, mended and sent again by operators. */
@NullMarked
package io.gamemetrics.commandside.rejected;

import org.jspecify.annotations.NullMarked;
