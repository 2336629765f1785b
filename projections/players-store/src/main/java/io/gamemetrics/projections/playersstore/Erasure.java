package io.gamemetrics.projections.playersstore;

import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;

/** Takes players out of the tables, in the caller's transaction, and counts what there is of them. */
final class Erasure {

    /** By kind: which rows, of which nothing is left, or which say something of whom. */
    private static final Map<String, String> WHERE = new LinkedHashMap<>();

    static {
        WHERE.put("money", "money WHERE player = ANY (?)");
        WHERE.put("player", "player WHERE player = ANY (?)");
        WHERE.put("player.person", "player WHERE person = ANY (?)");
        WHERE.put("parked", "parked WHERE stream = ANY (?)");
    }

    private Erasure() {}

    static void purge(Connection connection, PostgresCheckpoints checkpoints, SortedSet<UUID> players)
            throws SQLException {
        if (players.isEmpty()) {
            return;
        }
        run(connection, "DELETE FROM " + WHERE.get("money"), players);
        run(connection, "DELETE FROM " + WHERE.get("player"), players);
        // Whoever was linked to the player is a person of their own again.
        run(connection, "UPDATE player SET person = NULL WHERE person = ANY (?)", players);
        for (UUID player : players) {
            checkpoints.forget(connection, player);
        }
    }

    /** Rows by kind; kinds without any are left out. */
    static Map<String, Long> held(Connection connection, Collection<UUID> players) throws SQLException {
        Map<String, Long> held = new LinkedHashMap<>();
        for (Map.Entry<String, String> kind : WHERE.entrySet()) {
            try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM " + kind.getValue())) {
                select.setArray(1, connection.createArrayOf("uuid", players.toArray()));
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    if (row.getLong(1) > 0) {
                        held.put(kind.getKey(), row.getLong(1));
                    }
                }
            }
        }
        return held;
    }

    private static void run(Connection connection, String sql, Collection<UUID> players) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(sql)) {
            change.setArray(1, connection.createArrayOf("uuid", players.toArray()));
            change.executeUpdate();
        }
    }
}
