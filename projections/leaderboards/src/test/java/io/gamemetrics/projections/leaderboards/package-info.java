@NullMarked
package io.gamemetrics.projections.leaderboards;

import org.jspecify.annotations.NullMarked;
