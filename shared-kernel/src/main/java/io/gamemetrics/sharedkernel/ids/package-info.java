/** Identifiers and positions: small values, checked once. */
@NullMarked
package io.gamemetrics.sharedkernel.ids;

import org.jspecify.annotations.NullMarked;
