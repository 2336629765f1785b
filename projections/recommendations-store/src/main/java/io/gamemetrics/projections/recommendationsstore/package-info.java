/**
 * What players did with items, exact, in PostgreSQL; and what is made of it: models, item vectors, what is popular. Schema,
 * Writer, Reader. Vectors that are searched lie in {@link io.gamemetrics.projections.recommendationsstore.vectors}.
 */
@NullMarked
package io.gamemetrics.projections.recommendationsstore;

import org.jspecify.annotations.NullMarked;
