package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What there is to learn from, and since when. Every method throws {@link RecommendationsStoreException} when the database
 * can't be asked. Safe for concurrent use.
 */
public final class LearningState {

    private final ModelSchema schema;

    public LearningState(ModelSchema schema) {
        this.schema = schema;
    }

    /**
     * What came in since the last training that was finished.
     *
     * @param ids of the rows that say so, for {@link #learned}; none but in a {@link Snapshot}
     * @param lastId of the latest of them: it rises with each
     * @param events how many
     * @param oldestMillis how long the oldest of it has been waiting
     * @param erased whether somebody was erased
     */
    public record Changes(int game, List<Long> ids, long lastId, long events, long oldestMillis, boolean erased) {}

    /** A snapshot to learn from, and what it holds of the changes. */
    public record Snapshot(Interactions interactions, Changes changes) {}

    /** Games with changes that no training has seen. */
    public List<Changes> changes() {
        return Sql.with(schema, "reading what changed", connection -> changes(connection, null));
    }

    /** Everything a game's persons have to do with its items, of one instant. */
    public Snapshot snapshot(int game) {
        return Sql.transaction(schema, "reading interactions", connection -> {
            List<Changes> changes = changes(connection, game);
            return new Snapshot(
                    InteractionRows.read(connection, game),
                    changes.isEmpty() ? new Changes(game, List.of(), 0, 0, 0, false) : changes.getFirst());
        });
    }

    /** What the active version learned from, and how long it took; absent before the first. */
    public Optional<Cost> lastCost(int game) {
        return Sql.with(
                schema,
                "reading the last training",
                connection -> Optional.ofNullable(Sql.first(
                        connection,
                        "SELECT interactions, train_millis FROM model WHERE game = ?"
                                + " ORDER BY version DESC LIMIT 1",
                        row -> new Cost(row.getLong(1), row.getLong(2)),
                        game)));
    }

    /** What a training took. */
    public record Cost(long interactions, long millis) {}

    /** There is nothing to learn from these changes. */
    public void learned(Changes seen) {
        Sql.with(schema, "forgetting changes", connection -> forget(connection, seen));
    }

    /** The persons whose vectors are kept for finding similar players: a sample where there are very many. */
    public List<UUID> persons(int game, int most) {
        return Sql.with(
                schema,
                "reading persons",
                connection -> Sql.list(
                        connection,
                        "SELECT DISTINCT coalesce(person, stream) AS whom FROM source WHERE game = ?"
                                + " ORDER BY whom LIMIT ?",
                        row -> row.getObject(1, UUID.class),
                        game,
                        most));
    }

    private static List<Changes> changes(Connection connection, @Nullable Integer game) throws SQLException {
        return Sql.list(
                connection,
                "SELECT game, " + (game == null ? "ARRAY[]::bigint[]" : "array_agg(id)") + ", max(id), sum(events),"
                        + " extract(epoch FROM clock_timestamp() - min(at)) * 1000, bool_or(erased)"
                        + " FROM change WHERE game = coalesce(?::integer, game) GROUP BY game ORDER BY game",
                row -> new Changes(
                        row.getInt(1),
                        Arrays.asList((Long[]) row.getArray(2).getArray()),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getBoolean(6)),
                game);
    }

    /** In the transaction that settles what became of them. */
    static int forget(Connection connection, Changes seen) throws SQLException {
        return Sql.update(
                connection, "DELETE FROM change WHERE id = ANY (?)", SqlArray.of("int8", seen.ids(), id -> id));
    }
}
