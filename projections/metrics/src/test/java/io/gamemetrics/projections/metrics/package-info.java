@NullMarked
package io.gamemetrics.projections.metrics;

import org.jspecify.annotations.NullMarked;
