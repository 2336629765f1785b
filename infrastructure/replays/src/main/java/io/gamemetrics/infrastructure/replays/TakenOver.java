package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Up to where events are in what a version took from another one, by partition. In the caller's transaction. */
final class TakenOver {

    private TakenOver() {}

    static void write(Connection connection, Replay replay, Map<Integer, Position> positions) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO replays.taken_over (projection, version, partition, incarnation, position)"
                        + " VALUES (?, ?, ?, ?, ?)")) {
            for (Map.Entry<Integer, Position> each : positions.entrySet()) {
                insert.setString(1, replay.projection());
                insert.setInt(2, replay.version());
                insert.setInt(3, each.getKey());
                insert.setLong(4, each.getValue().incarnation());
                insert.setLong(5, each.getValue().number());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static Map<Integer, Position> read(Connection connection, Replay replay) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT partition, incarnation, position FROM replays.taken_over"
                        + " WHERE projection = ? AND version = ?")) {
            select.setString(1, replay.projection());
            select.setInt(2, replay.version());
            try (ResultSet rows = select.executeQuery()) {
                Map<Integer, Position> positions = new TreeMap<>();
                while (rows.next()) {
                    positions.put(rows.getInt(1), new Position(rows.getLong(2), rows.getLong(3)));
                }
                return positions;
            }
        }
    }
}
