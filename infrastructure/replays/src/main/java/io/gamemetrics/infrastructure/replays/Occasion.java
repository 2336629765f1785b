package io.gamemetrics.infrastructure.replays;

import org.jspecify.annotations.Nullable;

/**
 * Why a replay would count something otherwise than it is counted now.
 *
 * @param game the game's id; absent: it is about all
 * @param board the leaderboard's id; absent: it is about none, or about all of the game
 * @param detail one sentence or two for operators, without anything personal: what is different, and what else to mind
 */
public record Occasion(
        Reason reason, @Nullable String game, @Nullable String board, String detail) {

    private static final int LONGEST_DETAIL = 500;

    public Occasion {
        if (detail.isBlank() || detail.length() > LONGEST_DETAIL) {
            throw new IllegalArgumentException("detail must have 1 to 500 characters: length=" + detail.length());
        }
    }

    /** A stable word for why. */
    public enum Reason {
        /** A leaderboard was defined anew, and goes on by the rule it is counted by. */
        LEADERBOARD_RULE,
        /** A game's time zone was changed, and what was counted by the old one is still so, or is not counted any more. */
        TIME_ZONE,
        /** The deployable carries newer handlers than the version readers ask was built with. */
        HANDLERS
    }
}
