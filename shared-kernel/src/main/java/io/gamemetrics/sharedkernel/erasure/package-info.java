/** What stays of players who were erased. */
@NullMarked
package io.gamemetrics.sharedkernel.erasure;

import org.jspecify.annotations.NullMarked;
