package io.gamemetrics.projections.metricsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts persons who were erased, on days and in cohorts: in no set of players are they any more. */
final class ErasedQuery {

    private final Connection connection;
    private final GameRow game;
    private final String active;
    private final String first;

    ErasedQuery(Connection connection, GameRow game) {
        this.connection = connection;
        this.game = game;
        this.active = game.anyEvent() ? "events > 0" : "sessions > 0";
        this.first = game.anyEvent() ? "first_day" : "first_session";
    }

    /** What is done with a day's counts. */
    interface OnDay {
        void on(LocalDate day, long active, long fresh, long payers);
    }

    /** What is done with how many of a cohort were active so many days later; of -1 with its size. */
    interface OnReturned {
        void on(LocalDate cohort, int n, long players);
    }

    void days(LocalDate from, LocalDate to, OnDay onDay) throws SQLException {
        new Sql()
                .add(
                        "SELECT day, " + distinct(active) + ", " + distinct("day = " + first) + ", "
                                + distinct("paid > 0") + " FROM erased_day WHERE game = ?",
                        game.number())
                .add(" AND day BETWEEN ?", from)
                .add(" AND ? GROUP BY 1", to)
                .forEach(
                        connection,
                        row -> onDay.on(
                                row.getObject(1, LocalDate.class), row.getLong(2), row.getLong(3), row.getLong(4)));
    }

    private static String distinct(String condition) {
        return "count(DISTINCT contribution) FILTER (WHERE " + condition + ")";
    }

    /** The last day on which any of them was active; null when none ever was. */
    @Nullable
    LocalDate lastActiveDay() throws SQLException {
        LocalDate[] last = {null};
        new Sql()
                .add("SELECT max(day) FROM erased_day WHERE game = ?", game.number())
                .add(" AND " + active)
                .forEach(connection, row -> last[0] = row.getObject(1, LocalDate.class));
        return last[0];
    }

    void retention(LocalDate from, LocalDate to, List<Integer> days, @Nullable LocalDate through, OnReturned onReturned)
            throws SQLException {
        int longest = days.stream().mapToInt(n -> n).max().orElse(0);
        new Sql()
                .add(
                        "WITH active AS (SELECT DISTINCT contribution, day, " + first + " AS first FROM erased_day"
                                + " WHERE " + active + " AND game = ?",
                        game.number())
                .add(" AND day BETWEEN ?", from)
                .add(" AND ?", to.plusDays(longest))
                .add(" AND " + first + " BETWEEN ?", from)
                .add(" AND ?) SELECT first, -1, count(*) FROM active WHERE day = first GROUP BY 1", to)
                .add(
                        " UNION ALL SELECT first, day - first, count(*) FROM active WHERE day <= ?",
                        through == null ? LocalDate.EPOCH : through)
                .numbers(" AND day - first = ANY(?) GROUP BY 1, 2", days)
                .forEach(
                        connection,
                        row -> onReturned.on(row.getObject(1, LocalDate.class), row.getInt(2), row.getLong(3)));
    }
}
