@NullMarked
package io.gamemetrics.projections.recommendations.training;

import org.jspecify.annotations.NullMarked;
