/** How small values look in GraphQL. */
@NullMarked
package io.gamemetrics.queryside.scalars;

import org.jspecify.annotations.NullMarked;
