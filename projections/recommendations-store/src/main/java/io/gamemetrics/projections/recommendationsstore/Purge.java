package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch.PlayerKey;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Takes one player's rows out. */
final class Purge {

    private static final List<String> OF_A_STREAM = List.of("interaction", "purchase", "source", "parked");

    private Purge() {}

    static void of(Connection connection, UUID stream) throws SQLException {
        List<Integer> games =
                Sql.list(connection, "SELECT game FROM source WHERE stream = ?", row -> row.getInt(1), stream);
        for (int game : games) {
            // Whoever makes vectors takes this player's away, and makes anew those of the person they were linked to
            // and of those linked to them.
            List<PlayerKey> touched = Sql.list(
                    connection,
                    "SELECT stream FROM source WHERE game = ? AND (stream = ? OR person = ?)",
                    row -> new PlayerKey(game, row.getObject(1, UUID.class)),
                    game,
                    stream,
                    stream);
            Together together = new Together();
            Pending.markFirst(together, touched);
            together.add("INSERT INTO change (game, events, erased) VALUES (?, 0, true)", game);
            together.run(connection);
        }
        Set<Long> items = new HashSet<>(Sql.list(
                connection,
                "SELECT item FROM interaction WHERE stream = ?" + " UNION SELECT item FROM purchase WHERE stream = ?",
                row -> row.getLong(1),
                stream,
                stream));
        for (String table : OF_A_STREAM) {
            Sql.update(connection, "DELETE FROM " + table + " WHERE stream = ?", stream);
        }
        // Who was linked to the erased player is a person of their own again, as if the link had never been.
        Sql.update(connection, "UPDATE source SET person = NULL WHERE person = ?", stream);
        for (int game : games) {
            Items.deleteUnused(connection, game, items);
        }
    }

    /** Rows by table; those without any are left out. */
    static Map<String, Long> held(Connection connection, Collection<Pseudonym> players) throws SQLException {
        Map<String, String> where = new LinkedHashMap<>();
        OF_A_STREAM.forEach(table -> where.put(table, table + " WHERE stream"));
        where.put("link", "source WHERE person");
        where.put("pending", "pending WHERE person");
        Map<String, Long> held = new LinkedHashMap<>();
        for (Map.Entry<String, String> kind : where.entrySet()) {
            Sql.each(
                    connection,
                    "SELECT count(*) FROM " + kind.getValue() + " = ANY (?)",
                    row -> held.put(kind.getKey(), row.getLong(1)),
                    SqlArray.of("uuid", players, Pseudonym::value));
        }
        held.values().removeIf(count -> count == 0);
        return held;
    }
}
