package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.LocalDay;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Counts a game's days again, after its time zone or what makes a player active has changed; in another zone from its
 * events. Takes as long as reading those; the game's batches wait meanwhile. Days whose events are no longer kept can't be
 * counted in another zone: they are given up.
 */
final class Recount {

    private final Connection connection;
    private final GameRow game;

    Recount(Connection connection, GameRow game) {
        this.connection = connection;
        this.game = game;
    }

    /** @return the game with the first day that could be counted */
    GameRow run(boolean inAnotherZone) throws SQLException {
        GameRow counted = inAnotherZone ? game.countedFrom(firstWholeDay()) : game;
        if (inAnotherZone) {
            days(counted.daysFrom());
        }
        String first = game.anyEvent() ? "first_any_at" : "first_session_at";
        execute("UPDATE player SET first_day = " + LocalDay.sql(game.zone(), first) + " WHERE game = ?");
        execute("DELETE FROM player_set WHERE game = ?");
        sets();
        return counted;
    }

    /** The first day all of whose events are kept; absent: all the game ever had are. */
    private @Nullable LocalDate firstWholeDay() throws SQLException {
        Instant keptFrom = EventHorizon.read(connection).keptFrom();
        if (keptFrom == null) {
            return null;
        }
        boolean[] lost = {false};
        new Sql()
                .add("SELECT EXISTS (SELECT FROM player WHERE game = ?", game.number())
                .add(" AND first_any_at < '" + keptFrom + "')")
                .forEach(connection, row -> lost[0] = row.getBoolean(1));
        LocalDate day = game.dayOf(keptFrom);
        LocalDate whole = game.startOf(day).equals(keptFrom) ? day : day.plusDays(1);
        return lost[0] ? whole : null;
    }

    private void days(@Nullable LocalDate from) throws SQLException {
        for (String table : new String[] {"player_day", "player_money", "segment_day", "segment_money"}) {
            execute("DELETE FROM " + table + " WHERE game = ?");
        }
        String day = LocalDay.sql(game.zone(), "occurred_at");
        String kept = from == null ? "" : " AND occurred_at >= '" + game.startOf(from) + "'";
        execute("INSERT INTO player_day SELECT game, " + day + ", player, segment, count(*),"
                + " count(*) FILTER (WHERE kind = 2), count(length_millis), coalesce(sum(length_millis), 0),"
                + " count(*) FILTER (WHERE kind = 6), count(*) FILTER (WHERE kind = 6 AND micros > 0)"
                + " FROM event WHERE game = ? AND player >= 0" + kept + " GROUP BY 1, 2, 3, 4");
        execute("INSERT INTO player_money SELECT game, " + day + ", player, segment,"
                + " CASE kind WHEN 6 THEN 1 WHEN 9 THEN 2 ELSE 3 END, currency, sum(micros) FROM event"
                + " WHERE game = ? AND player >= 0 AND kind IN (6, 7, 9) AND micros > 0" + kept
                + " GROUP BY 1, 2, 3, 4, 5, 6");
        execute("INSERT INTO segment_day SELECT game, day, segment, sum(events), sum(sessions), sum(lengths),"
                + " sum(length_millis), sum(purchases), sum(paid) FROM player_day WHERE game = ?"
                + " GROUP BY 1, 2, 3");
        execute("INSERT INTO segment_money SELECT game, day, segment, kind, currency, sum(micros)"
                + " FROM player_money WHERE game = ? GROUP BY 1, 2, 3, 4, 5");
        Contributions.addAgain(connection, game.countedFrom(from));
    }

    private void sets() throws SQLException {
        PlayerSets sets = new PlayerSets();
        String active = game.anyEvent() ? "events" : "sessions";
        include(
                sets,
                PlayerSets.ACTIVE,
                "SELECT DISTINCT day, player FROM player_day WHERE " + active + " > 0 AND game = ?");
        include(sets, PlayerSets.PAID, "SELECT DISTINCT day, player FROM player_day WHERE paid > 0 AND game = ?");
        include(
                sets,
                PlayerSets.COHORT,
                "SELECT first_day, player FROM player WHERE first_day IS NOT NULL AND game = ?");
        sets.write(connection);
    }

    private void include(PlayerSets sets, char sort, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(10_000);
            statement.setInt(1, game.number());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sets.include(game.number(), sort, rows.getObject(1, LocalDate.class), rows.getInt(2));
                }
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, game.number());
            statement.executeUpdate();
        }
    }
}
