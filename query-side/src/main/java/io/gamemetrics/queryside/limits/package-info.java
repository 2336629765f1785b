/** How much one query may ask for, and how much a caller may ask for in a while. */
@NullMarked
package io.gamemetrics.queryside.limits;

import org.jspecify.annotations.NullMarked;
