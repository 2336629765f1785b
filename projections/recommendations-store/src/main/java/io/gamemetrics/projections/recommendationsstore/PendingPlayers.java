package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Persons whose items changed, until their vectors were made again. Every method throws {@link RecommendationsStoreException} when the database can't be asked. */
public final class PendingPlayers {

    private final ModelSchema schema;

    public PendingPlayers(ModelSchema schema) {
        this.schema = schema;
    }

    /** @param mark what {@link #done} compares: it changes with each new reason */
    public record Person(int game, UUID person, long mark) {}

    /** Those that wait longest; before them whoever an erasure waits for. */
    public List<Person> next(int most) {
        return Sql.with(
                schema,
                "reading who is pending",
                connection -> Sql.list(
                        connection,
                        // A mark below 0 is an erasure's. Since when, not by mark: who changes all the time would never
                        // be the first.
                        "SELECT game, person, mark FROM pending ORDER BY mark > 0, since LIMIT ?",
                        row -> new Person(row.getInt(1), row.getObject(2, UUID.class), row.getLong(3)),
                        most));
    }

    /** Their vectors are made; whoever changed since stays pending, behind those who wait already. */
    public void done(Collection<Person> persons) {
        Sql.with(schema, "noting who is done", connection -> {
            SqlArray games = SqlArray.of("int4", persons, Person::game);
            SqlArray ids = SqlArray.of("uuid", persons, Person::person);
            int done = Sql.update(
                    connection,
                    "DELETE FROM pending p USING unnest(?, ?, ?) AS done (game, person, mark)"
                            + " WHERE p.game = done.game AND p.person = done.person AND p.mark = done.mark",
                    games,
                    ids,
                    SqlArray.of("int8", persons, Person::mark));
            return done == persons.size() ? 0 : waitAnew(connection, games, ids);
        });
    }

    /** Else those who change all the time would be the first every time, and a round full of them the only ones. */
    private static int waitAnew(Connection connection, SqlArray games, SqlArray persons) throws SQLException {
        return Sql.update(
                connection,
                // In order, as batches mark persons: they wait and don't block one another for good.
                "UPDATE pending p SET since = clock_timestamp() FROM (SELECT m.game, m.person FROM pending m"
                        + " JOIN unnest(?, ?) AS done (game, person)"
                        + " ON m.game = done.game AND m.person = done.person"
                        + " ORDER BY m.game, m.person FOR UPDATE OF m) moved"
                        + " WHERE p.game = moved.game AND p.person = moved.person",
                games,
                persons);
    }

    /**
     * These persons' vectors, as long as {@link VectorLayout#PLAYERS} has them.
     *
     * @param items a version's vectors, in the order of item ids
     * @return by person; those without any item the version knows, and who are no person of their own, are missing
     */
    public Map<UUID, float[]> fold(int game, Collection<UUID> persons, ItemVectors items) {
        Map<Long, Integer> rows = new HashMap<>();
        for (int row = 0; row < items.items().length; row++) {
            rows.put(items.items()[row], row);
        }
        Map<UUID, SortedMap<Integer, Float>> affinities = new HashMap<>();
        Sql.transaction(schema, "reading what players did", connection -> {
            Sql.each(
                    connection,
                    // OFFSET keeps the planner from adding up the whole game's affinities to pick these persons'.
                    "SELECT a.person, a.item, a.value FROM unnest(?) AS asked (person)"
                            + " CROSS JOIN LATERAL (SELECT * FROM affinity a"
                            + " WHERE a.game = ? AND a.person = asked.person AND a.value > 0 OFFSET 0) a",
                    row -> {
                        Integer item = rows.get(row.getLong(2));
                        if (item != null) {
                            affinities
                                    .computeIfAbsent(row.getObject(1, UUID.class), person -> new TreeMap<>())
                                    .put(item, row.getFloat(3));
                        }
                    },
                    SqlArray.of("uuid", List.copyOf(persons), person -> person),
                    game);
            return true;
        });
        Map<UUID, float[]> vectors = new HashMap<>();
        affinities.forEach((person, affinity) -> {
            Folding sum = new Folding(VectorLayout.PLAYER_SHAPE.dimension());
            // In the order of the items' ids, so that the sum is always the same to the last bit.
            affinity.forEach((row, value) -> sum.add(value, items.pulls()[row], items.vectors()[row]));
            if (!sum.isNothing()) {
                vectors.put(person, sum.vector());
            }
        });
        return vectors;
    }
}
