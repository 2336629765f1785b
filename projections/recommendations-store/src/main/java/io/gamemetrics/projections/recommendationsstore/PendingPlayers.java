package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                        "SELECT game, person, mark FROM pending ORDER BY mark LIMIT ?",
                        row -> new Person(row.getInt(1), row.getObject(2, UUID.class), row.getLong(3)),
                        most));
    }

    /** Their vectors are made; whoever changed since stays pending. */
    public void done(Collection<Person> persons) {
        Sql.with(
                schema,
                "noting who is done",
                connection -> Sql.update(
                        connection,
                        "DELETE FROM pending p USING unnest(?, ?, ?) AS done (game, person, mark)"
                                + " WHERE p.game = done.game AND p.person = done.person AND p.mark = done.mark",
                        SqlArray.of("integer", persons, Person::game),
                        SqlArray.of("uuid", persons, Person::person),
                        SqlArray.of("bigint", persons, Person::mark)));
    }

    /**
     * These persons' vectors in a version.
     *
     * @param dimension how many parts
     * @return by person; those without any item the version knows, and who are no person of their own, are missing
     */
    public Map<UUID, float[]> fold(int game, int version, Collection<UUID> persons, int dimension) {
        return Sql.transaction(
                schema, "folding players in", connection -> fold(connection, game, version, persons, dimension));
    }

    private static Map<UUID, float[]> fold(
            Connection connection, int game, int version, Collection<UUID> persons, int dimension) throws SQLException {
        Map<UUID, Folding> sums = new HashMap<>();
        Sql.each(
                connection,
                "SELECT a.person, a.value, v.pull, substring(v.vector FOR ?) FROM unnest(?) AS asked (person)"
                        // OFFSET keeps the planner from adding up the whole game's affinities to pick these persons'.
                        + " CROSS JOIN LATERAL (SELECT * FROM affinity a"
                        + " WHERE a.game = ? AND a.person = asked.person AND a.value > 0 OFFSET 0) a"
                        + " JOIN item_vector v ON v.game = ? AND v.version = ? AND v.item = a.item"
                        + " JOIN item i ON i.number = a.item"
                        + " ORDER BY a.person, i.item_id COLLATE \"C\"",
                row -> sums.computeIfAbsent(row.getObject(1, UUID.class), person -> new Folding(dimension))
                        .add(row.getFloat(2), row.getFloat(3), VectorBytes.vector(row.getBytes(4))),
                Short.BYTES * dimension,
                SqlArray.of("uuid", List.copyOf(persons), person -> person),
                game,
                game,
                version);
        Map<UUID, float[]> vectors = new HashMap<>();
        sums.forEach((person, sum) -> {
            if (!sum.isNothing()) {
                vectors.put(person, sum.vector());
            }
        });
        return vectors;
    }
}
