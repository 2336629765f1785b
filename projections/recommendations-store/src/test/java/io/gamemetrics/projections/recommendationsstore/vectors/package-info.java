/** One contract for every store of vectors, and a server that speaks Qdrant's protocol. */
@NullMarked
package io.gamemetrics.projections.recommendationsstore.vectors;

import org.jspecify.annotations.NullMarked;
