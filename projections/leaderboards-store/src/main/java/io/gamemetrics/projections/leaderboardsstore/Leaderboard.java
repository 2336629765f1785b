package io.gamemetrics.projections.leaderboardsstore;

import org.jspecify.annotations.Nullable;

/**
 * A board as it stands.
 *
 * @param rule by what it counts; absent while it is rebuilt and not even that is known
 * @param needsReplay its rule was changed since: it goes on by the old one until it is counted anew
 * @param rebuilding Redis has lost it, or part of what it needs, or never had it: it is being counted from the event
 *     store, and nothing else is known of it meanwhile
 */
public record Leaderboard(String boardId, @Nullable BoardRule rule, boolean needsReplay, boolean rebuilding) {}
