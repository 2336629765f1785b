package io.gamemetrics.projections.playersstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresScan;
import io.gamemetrics.infrastructure.readstore.PostgresScan.Hit;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes a player out of the tables, and looks for what may be left. Safe for concurrent use. */
final class Erasure {

    private static final Map<String, String> STATEMENTS = new LinkedHashMap<>();

    static {
        STATEMENTS.put("money", "DELETE FROM money WHERE player = ?");
        STATEMENTS.put("player", "DELETE FROM player WHERE player = ?");
        // Whoever was linked to the player is a person of their own again.
        STATEMENTS.put("player.person", "UPDATE player SET person = NULL WHERE person = ?");
        STATEMENTS.put("parked", "DELETE FROM parked WHERE stream = ?");
    }

    private final ModelSchema schema;

    Erasure(ModelSchema schema) {
        this.schema = schema;
    }

    Map<String, Long> purge(Pseudonym player) {
        Map<String, Long> counts = new LinkedHashMap<>();
        try (Connection connection = schema.connect()) {
            connection.setAutoCommit(false);
            try {
                for (var statement : STATEMENTS.entrySet()) {
                    try (PreparedStatement change = connection.prepareStatement(statement.getValue())) {
                        change.setObject(1, player.value());
                        counts.put(statement.getKey(), (long) change.executeUpdate());
                    }
                }
                connection.commit();
                return counts;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new PlayersStoreException("a player was not taken out", e);
        }
    }

    List<Hit> scan(Collection<byte[]> needles) {
        try (Connection connection = schema.connect()) {
            return new PostgresScan(schema.name()).scan(connection, needles);
        } catch (SQLException e) {
            throw new PlayersStoreException("the tables of the players were not searched", e);
        }
    }
}
