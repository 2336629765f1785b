package io.gamemetrics.projections.playersstore;

import io.gamemetrics.sharedkernel.ids.GameId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A game's settings as the players know them.
 *
 * @param anyEvent whether any event makes a player active, or only a session's start
 */
record GameRow(int number, GameId id, ZoneId zone, String currency, boolean anyEvent) {

    /** Absent for a game whose creation has not come yet. */
    static @Nullable GameRow read(Connection connection, GameId game) throws SQLException {
        String sql = "SELECT number, time_zone, currency, any_event FROM game WHERE game_id = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, game.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new GameRow(
                                row.getInt(1), game, ZoneId.of(row.getString(2)), row.getString(3), row.getBoolean(4))
                        : null;
            }
        }
    }
}
