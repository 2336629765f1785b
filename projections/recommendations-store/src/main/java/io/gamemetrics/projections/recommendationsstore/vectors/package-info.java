/**
 * Where vectors are searched: a small port, and two stores behind it, Qdrant and an embedded Lucene index. Both answer the
 * same contract.
 */
@NullMarked
package io.gamemetrics.projections.recommendationsstore.vectors;

import org.jspecify.annotations.NullMarked;
