package io.gamemetrics.projections.leaderboardsstore;

import java.time.ZoneId;

/**
 * By what a board counts.
 *
 * @param zone the time zone whose days, weeks and months are the board's periods
 */
public record BoardRule(Operator operator, SortOrder order, Reset reset, ZoneId zone) {

    /** Which of a player's scores counts. */
    public enum Operator {
        BEST,
        LATEST,
        SUM,
        COUNT
    }

    /** Whether the highest or the lowest score is first. */
    public enum SortOrder {
        DESC,
        ASC
    }

    /** Which period a board shows unless somebody asks for another; each board has all of them. */
    public enum Reset {
        NEVER,
        DAILY,
        WEEKLY,
        MONTHLY
    }

    static BoardRule parse(String text) {
        String[] parts = text.split("\\|", 4);
        return new BoardRule(
                Operator.valueOf(parts[0]), SortOrder.valueOf(parts[1]), Reset.valueOf(parts[2]), ZoneId.of(parts[3]));
    }

    String text() {
        return operator + "|" + order + "|" + reset + "|" + zone;
    }
}
