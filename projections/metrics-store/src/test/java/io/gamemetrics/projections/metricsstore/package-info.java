@NullMarked
package io.gamemetrics.projections.metricsstore;

import org.jspecify.annotations.NullMarked;
