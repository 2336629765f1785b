@NullMarked
package io.gamemetrics.projections.recommendationsstore;

import org.jspecify.annotations.NullMarked;
