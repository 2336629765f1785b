/** Follows what players do with items, learns from it, and keeps their recommendations fresh. */
@NullMarked
package io.gamemetrics.projections.recommendations;

import org.jspecify.annotations.NullMarked;
