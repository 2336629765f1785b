@NullMarked
package io.gamemetrics.projections.players;

import org.jspecify.annotations.NullMarked;
