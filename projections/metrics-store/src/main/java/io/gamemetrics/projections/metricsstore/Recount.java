package io.gamemetrics.projections.metricsstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;

/**
 * Counts a game's days again from its events, after its time zone or what makes a player active has changed. Takes as
 * long as reading the game's events; its batches wait meanwhile.
 */
final class Recount {

    private static final Instant FIRST = Instant.parse("1999-12-30T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private final Connection connection;
    private final GameRow game;

    Recount(Connection connection, GameRow game) {
        this.connection = connection;
        this.game = game;
    }

    void run() throws SQLException {
        for (String table : new String[] {"player_day", "player_money", "segment_day", "segment_money", "player_set"}) {
            execute("DELETE FROM metrics." + table + " WHERE game = ?");
        }
        String day = new LocalDay().of("occurred_at");
        execute("INSERT INTO metrics.player_day SELECT game, " + day + ", player, segment, count(*),"
                + " count(*) FILTER (WHERE kind = 2), count(length_millis), coalesce(sum(length_millis), 0),"
                + " count(*) FILTER (WHERE kind = 6), count(*) FILTER (WHERE kind = 6 AND micros > 0)"
                + " FROM metrics.event WHERE game = ? AND player >= 0 GROUP BY 1, 2, 3, 4");
        execute("INSERT INTO metrics.player_money SELECT game, " + day + ", player, segment,"
                + " CASE kind WHEN 6 THEN 1 WHEN 9 THEN 2 ELSE 3 END, currency, sum(micros) FROM metrics.event"
                + " WHERE game = ? AND player >= 0 AND kind IN (6, 7, 9) AND micros > 0 GROUP BY 1, 2, 3, 4, 5, 6");
        execute("INSERT INTO metrics.segment_day SELECT game, day, segment, sum(events), sum(sessions), sum(lengths),"
                + " sum(length_millis), sum(purchases), sum(paid) FROM metrics.player_day WHERE game = ?"
                + " GROUP BY 1, 2, 3");
        execute("INSERT INTO metrics.segment_money SELECT game, day, segment, kind, currency, sum(micros)"
                + " FROM metrics.player_money WHERE game = ? GROUP BY 1, 2, 3, 4, 5");
        String first = game.anyEvent() ? "first_any_at" : "first_session_at";
        execute("UPDATE metrics.player SET first_day = " + new LocalDay().of(first) + " WHERE game = ?");
        sets();
    }

    private void sets() throws SQLException {
        PlayerSets sets = new PlayerSets();
        String active = game.anyEvent() ? "events" : "sessions";
        include(
                sets,
                PlayerSets.ACTIVE,
                "SELECT DISTINCT day, player FROM metrics.player_day WHERE " + active + " > 0 AND game = ?");
        include(
                sets,
                PlayerSets.PAID,
                "SELECT DISTINCT day, player FROM metrics.player_day WHERE paid > 0 AND game = ?");
        include(
                sets,
                PlayerSets.COHORT,
                "SELECT first_day, player FROM metrics.player WHERE first_day IS NOT NULL AND game = ?");
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

    /** The zone's offsets as Java knows them, as an SQL expression: the database may know an older or a newer time zone. */
    private final class LocalDay {
        private final StringBuilder starts = new StringBuilder();
        private final StringBuilder offsets = new StringBuilder();

        LocalDay() {
            var rules = game.zone().getRules();
            offset(rules.getOffset(FIRST));
            ZoneOffsetTransition transition = rules.nextTransition(FIRST);
            while (transition != null && transition.getInstant().isBefore(LAST)) {
                starts.append(starts.isEmpty() ? "'" : ",'")
                        .append(transition.getInstant())
                        .append('\'');
                offset(transition.getOffsetAfter());
                transition = rules.nextTransition(transition.getInstant());
            }
        }

        private void offset(ZoneOffset offset) {
            offsets.append(offsets.isEmpty() ? "" : ",").append(offset.getTotalSeconds());
        }

        String of(String column) {
            return "((" + column + " AT TIME ZONE 'UTC') + interval '1 second' * (ARRAY[" + offsets
                    + "])[1 + width_bucket(" + column + ", ARRAY[" + starts + "]::timestamptz[])])::date";
        }
    }
}
