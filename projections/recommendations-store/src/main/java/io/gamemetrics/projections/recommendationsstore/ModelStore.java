package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What training leaves: versions of item vectors, one of them active. Used by one process at a time, the
 * one that holds the {@link Lead}. Every method throws {@link RecommendationsStoreException} when the database can't be
 * asked.
 */
public final class ModelStore {

    private static final int ROWS_A_STATEMENT = 1_000;

    private final ModelSchema schema;

    public ModelStore(ModelSchema schema) {
        this.schema = schema;
    }

    /** The version requests are answered from; absent before the first. */
    public OptionalInt activeVersion(int game) {
        return Sql.with(
                schema,
                "reading the active version",
                connection -> version(connection, "SELECT version FROM active_model WHERE game = ?", game));
    }

    /** The version players' own vectors are complete in; absent before the first. */
    public OptionalInt playersVersion(int game) {
        return Sql.with(
                schema,
                "reading the players' version",
                connection -> version(
                        connection,
                        "SELECT players_version FROM active_model WHERE game = ?" + " AND players_version IS NOT NULL",
                        game));
    }

    /** How many vectors a version has. */
    public int size(int game, int version) {
        return Sql.with(schema, "counting item vectors", connection -> Sql.list(
                        connection,
                        "SELECT count(*) FROM item_vector WHERE game = ? AND version = ?",
                        row -> row.getInt(1),
                        game,
                        version)
                .getFirst());
    }

    /** Players' vectors have to be made anew. */
    public void playersLost(int game) {
        Sql.with(
                schema,
                "noting lost vectors",
                connection ->
                        Sql.update(connection, "UPDATE active_model SET players_version = NULL WHERE game = ?", game));
    }

    /** Games that have an active version. */
    public List<Integer> gamesWithModels() {
        return Sql.with(
                schema,
                "reading games with models",
                connection -> Sql.list(connection, "SELECT game FROM active_model ORDER BY 1", row -> row.getInt(1)));
    }

    public int nextVersion(int game) {
        return Sql.with(schema, "counting versions", connection -> Sql.list(
                        connection,
                        "SELECT coalesce(max(version), 0) + 1 FROM model WHERE game = ?",
                        row -> row.getInt(1),
                        game)
                .getFirst());
    }

    /** A version's vectors, in the order of item ids. */
    public ItemVectors vectors(int game, int version) {
        return vectors(game, version, Short.MAX_VALUE);
    }

    /**
     * The same, shortened.
     *
     * @param most how many of their first parts
     */
    public ItemVectors vectors(int game, int version, int most) {
        return Sql.transaction(schema, "reading item vectors", connection -> {
            List<Long> items = new ArrayList<>();
            List<Float> pulls = new ArrayList<>();
            List<float[]> vectors = new ArrayList<>();
            Sql.each(
                    connection,
                    "SELECT v.item, v.pull, substring(v.vector FOR ?) FROM item_vector v"
                            + " JOIN item i ON i.number = v.item"
                            + " WHERE v.game = ? AND v.version = ? ORDER BY i.item_id COLLATE \"C\"",
                    row -> {
                        items.add(row.getLong(1));
                        pulls.add(row.getFloat(2));
                        vectors.add(VectorBytes.vector(row.getBytes(3)));
                    },
                    Short.BYTES * most,
                    game,
                    version);
            float[] pullsArray = new float[pulls.size()];
            for (int i = 0; i < pullsArray.length; i++) {
                pullsArray[i] = pulls.get(i);
            }
            return new ItemVectors(
                    items.stream().mapToLong(item -> item).toArray(), pullsArray, vectors.toArray(float[][]::new));
        });
    }

    /** Keeps a version that was built; nobody is answered from it yet. */
    public void save(ModelRow model, ItemVectors vectors) {
        Sql.transaction(schema, "saving a model", connection -> {
            Sql.update(
                    connection,
                    "INSERT INTO model (game, version, state, seed, dimension, persons, items,"
                            + " interactions, checked_persons, ndcg, ndcg_before, ndcg_popular, train_millis)"
                            + " VALUES (?, ?, 'BUILT', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    model.game(),
                    model.version(),
                    model.seed(),
                    model.dimension(),
                    model.persons(),
                    model.items(),
                    model.interactions(),
                    model.checkedPersons(),
                    model.ndcg(),
                    model.ndcgBefore(),
                    model.ndcgPopular(),
                    model.trainMillis());
            saveVectors(connection, model, vectors);
            return true;
        });
    }

    /** From now on requests are answered from this version, and the changes it has seen are done with: in one step. */
    public void activate(int game, int version, LearningState.Changes seen) {
        Sql.transaction(schema, "activating a model", connection -> {
            state(connection, game, "RETIRED", "state = 'ACTIVE'", version);
            state(connection, game, "ACTIVE", "version = ?", version);
            Sql.update(
                    connection,
                    "INSERT INTO active_model (game, version) VALUES (?, ?)"
                            + " ON CONFLICT (game) DO UPDATE SET version = excluded.version",
                    game,
                    version);
            LearningState.forget(connection, seen);
            return true;
        });
    }

    /** The version is not good enough: what is active stays, and the changes count as seen. */
    public void refuse(int game, int version, LearningState.Changes seen) {
        Sql.transaction(schema, "refusing a model", connection -> {
            state(connection, game, "REFUSED", "version = ?", version);
            LearningState.forget(connection, seen);
            return true;
        });
    }

    /** Players' vectors of this version are complete. */
    public void playersComplete(int game, int version) {
        Sql.with(
                schema,
                "switching the players' version",
                connection -> Sql.update(
                        connection, "UPDATE active_model SET players_version = ? WHERE game = ?", version, game));
    }

    /** Versions whose vectors nobody is answered from, save the one active before: requests may still be at it. */
    public List<Integer> old(int game) {
        return Sql.with(
                schema,
                "reading old versions",
                connection -> Sql.list(
                        connection,
                        "SELECT DISTINCT v.version FROM item_vector v"
                                + " JOIN active_model a USING (game) WHERE v.game = ?"
                                + " AND v.version NOT IN (a.version, coalesce(a.players_version, a.version),"
                                + " coalesce((SELECT max(version) FROM model m WHERE m.game = v.game"
                                + " AND m.version < a.version AND m.state = 'RETIRED'), a.version)) ORDER BY 1",
                        row -> row.getInt(1),
                        game));
    }

    /** Takes a version's vectors away; how it was judged stays known. */
    public void drop(int game, int version) {
        Sql.with(
                schema,
                "dropping item vectors",
                connection -> Sql.update(
                        connection, "DELETE FROM item_vector WHERE game = ? AND version = ?", game, version));
    }

    /** A version's state: {@code BUILT}, {@code ACTIVE}, {@code RETIRED}, {@code REFUSED}; absent when there is no such version. */
    public @Nullable String state(int game, int version) {
        return Sql.<@Nullable String>with(
                schema,
                "reading a model's state",
                connection -> Sql.first(
                        connection,
                        "SELECT state FROM model WHERE game = ? AND version = ?",
                        row -> row.getString(1),
                        game,
                        version));
    }

    private static void state(Connection connection, int game, String state, String which, int version)
            throws SQLException {
        String sql = "UPDATE model SET state = ? WHERE game = ? AND " + which;
        if (which.contains("?")) {
            Sql.update(connection, sql, state, game, version);
        } else {
            Sql.update(connection, sql + " AND version <> ?", state, game, version);
        }
    }

    private static OptionalInt version(Connection connection, String sql, int game) throws SQLException {
        Integer version = Sql.first(connection, sql, row -> row.getInt(1), game);
        return version == null ? OptionalInt.empty() : OptionalInt.of(version);
    }

    private static void saveVectors(Connection connection, ModelRow model, ItemVectors vectors) throws SQLException {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < vectors.items().length; row++) {
            rows.add(row);
            if (rows.size() == ROWS_A_STATEMENT || row == vectors.items().length - 1) {
                Sql.update(
                        connection,
                        "INSERT INTO item_vector (game, version, item, pull, vector)"
                                + " SELECT ?, ?, item, pull, vector FROM unnest(?, ?, ?) AS v (item, pull, vector)",
                        model.game(),
                        model.version(),
                        SqlArray.of("int8", rows, at -> vectors.items()[at]),
                        SqlArray.of("real", rows, at -> vectors.pulls()[at]),
                        SqlArray.of("bytea", rows, at -> VectorBytes.of(vectors.vectors()[at])));
                rows.clear();
            }
        }
    }
}
