/** What can go wrong with a query, by stable codes. */
@NullMarked
package io.gamemetrics.queryside.errors;

import org.jspecify.annotations.NullMarked;
