/** Amounts of money in integer micros. */
@NullMarked
package io.gamemetrics.sharedkernel.money;

import org.jspecify.annotations.NullMarked;
