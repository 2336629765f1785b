@NullMarked
package io.gamemetrics.projections.leaderboardsstore;

import org.jspecify.annotations.NullMarked;
