@NullMarked
package io.gamemetrics.projections.recommendations;

import org.jspecify.annotations.NullMarked;
