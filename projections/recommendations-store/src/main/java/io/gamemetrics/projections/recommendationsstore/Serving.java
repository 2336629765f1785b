package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.sharedkernel.ids.GameId;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered from; read once at its beginning, so that a switch in between does not mix two versions.
 *
 * @param game the game's number
 * @param version of the items' vectors; absent before the first training
 * @param playersVersion of the players' vectors; absent before they are complete
 */
record Serving(
        int game, @Nullable Integer version, @Nullable Integer playersVersion) {

    /** Absent when this read model has not heard of the game. */
    static @Nullable Serving of(Connection connection, GameId game) throws SQLException {
        return Sql.first(
                connection,
                "SELECT g.number, a.version, a.players_version FROM game g"
                        + " LEFT JOIN active_model a ON a.game = g.number WHERE g.game_id = ?",
                row -> new Serving(row.getInt(1), row.getObject(2, Integer.class), row.getObject(3, Integer.class)),
                game.value());
    }
}
