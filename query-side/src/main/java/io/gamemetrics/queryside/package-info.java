/** The reading side: GraphQL over what the projections keep. One folder per noun, each on its store's Reader. */
@NullMarked
package io.gamemetrics.queryside;

import org.jspecify.annotations.NullMarked;
