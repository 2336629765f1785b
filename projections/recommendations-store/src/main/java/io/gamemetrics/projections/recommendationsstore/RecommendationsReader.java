package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.projections.recommendationsstore.vectors.Filter;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Hit;
import io.gamemetrics.projections.recommendationsstore.vectors.Vectors;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads what players may like. A person's vector is made from what they did at the moment they ask, so nothing they did
 * and this store knows is ever left out. Safe for concurrent use. Methods throw {@link RecommendationsStoreException} when
 * the database, {@link io.gamemetrics.projections.recommendationsstore.vectors.VectorStoreException} when the vectors
 * can't be asked.
 */
public final class RecommendationsReader {

    /** The most a list may have. */
    public static final int MOST = 200;

    private final DataSource database;
    private final IntSupplier version;
    private final VectorStore vectors;
    private final int partitions;

    private RecommendationsReader(DataSource database, IntSupplier version, VectorStore vectors, int partitions) {
        this.database = database;
        this.version = version;
        this.vectors = vectors;
        this.partitions = partitions;
    }

    /**
     * A reader of one version's tables and vectors.
     *
     * @param version which, asked for each question
     * @param vectors {@link VectorLayout} says which it holds, of all versions
     * @param partitions how many partitions the projection reads
     */
    public static RecommendationsReader on(
            DataSource database, IntSupplier version, VectorStore vectors, int partitions) {
        return new RecommendationsReader(database, version, vectors, partitions);
    }

    /** What one question is answered from. */
    private record View(ModelSchema schema, VectorStore vectors) {}

    private View view() {
        int number = version.getAsInt();
        return new View(RecommendationsSchema.of(database, number), Vectors.ofVersion(vectors, number));
    }

    /** How far the partition furthest behind has come; absent before the first events of a partition. */
    public Optional<Checkpoint> checkpoint() {
        ModelSchema schema = view().schema;
        PostgresCheckpoints checkpoints = new PostgresCheckpoints(schema.name(), RecommendationsWriter.PROJECTION);
        return Sql.with(schema, "reading checkpoints", connection -> checkpoints.least(connection, partitions));
    }

    /** Everything a player did at or before it counts in every answer; absent before the first events of a partition. */
    public Optional<Position> position() {
        return checkpoint().map(Checkpoint::position);
    }

    /**
     * What a player may like, best first; what is popular where they are, for those who did nothing yet and after the model
     * has no more to say. Empty for a game this read model does not know.
     *
     * @param first 1 to {@value #MOST}
     * @param excludeOwned leave out what the player has; what they only looked at stays in
     */
    public List<Recommendation> recommendations(GameId game, Pseudonym player, int first, boolean excludeOwned) {
        check(first);
        View view = view();
        return Sql.with(view.schema, "reading recommendations", connection -> {
            Serving serving = Serving.of(connection, game);
            if (serving == null) {
                return List.of();
            }
            UUID person = person(connection, serving.game(), player);
            List<HistoryItem> history = HistoryItem.of(connection, serving.game(), person, serving.version());
            Choice choice = new Choice(history, first, excludeOwned);
            fromModel(connection, view.vectors, serving, choice);
            if (choice.wantsMore()) {
                choice.addPopular(PopularItems.of(connection, serving.game(), person));
            }
            return choice.list();
        });
    }

    /**
     * Players who like alike, nearest first; empty before there is a model, and for a player who did nothing yet. Where a
     * game has very many players, they are looked for in a sample and among those who did something since it was drawn.
     *
     * @param first 1 to {@value #MOST}
     */
    public List<SimilarPlayer> similarPlayers(GameId game, Pseudonym player, int first) {
        check(first);
        View view = view();
        return Sql.with(view.schema, "reading similar players", connection -> {
            Serving serving = Serving.of(connection, game);
            if (serving == null || serving.playersVersion() == null) {
                return List.of();
            }
            UUID person = person(connection, serving.game(), player);
            Folding sum = new Folding(VectorLayout.PLAYER_SHAPE.dimension());
            HistoryItem.of(connection, serving.game(), person, serving.playersVersion())
                    .forEach(item -> fold(sum, item));
            if (sum.isNothing()) {
                return List.of();
            }
            Filter others = Filter.of(serving.game(), serving.playersVersion()).without(List.of(person.toString()));
            return view.vectors.nearest(VectorLayout.PLAYERS, sum.vector(), others, first).stream()
                    .map(hit -> new SimilarPlayer(new Pseudonym(UUID.fromString(hit.id())), hit.score()))
                    .toList();
        });
    }

    /**
     * Items that players of this one have too, nearest first; empty before there is a model, and for an item it does not
     * know.
     *
     * @param first 1 to {@value #MOST}
     */
    public List<SimilarItem> similarItems(GameId game, String itemId, int first) {
        check(first);
        View view = view();
        return Sql.with(view.schema, "reading similar items", connection -> {
            Serving serving = Serving.of(connection, game);
            Long number = serving == null ? null : number(connection, serving.game(), itemId);
            if (serving == null || serving.version() == null || number == null) {
                return List.of();
            }
            Known item = known(connection, serving, List.of(number)).get(number);
            if (item == null) {
                return List.of();
            }
            Folding sum = new Folding(VectorLayout.ITEM_SHAPE.dimension());
            sum.add(1, item.pull, item.vector);
            Filter others = Filter.of(serving.game(), serving.version()).without(List.of(number.toString()));
            List<Hit> hits = view.vectors.nearest(VectorLayout.ITEMS, sum.vector(), others, first);
            Map<Long, Known> known = known(connection, serving, numbers(hits));
            return hits.stream()
                    .filter(hit -> hit.score() > 0 && known.containsKey(Long.valueOf(hit.id())))
                    .map(hit -> new SimilarItem(
                            Objects.requireNonNull(known.get(Long.valueOf(hit.id()))).itemId, hit.score()))
                    .toList();
        });
    }

    /** The item's id as it was first sent; absent when nobody ever had to do with it. */
    public Optional<String> item(GameId game, String itemId) {
        View view = view();
        return Sql.with(view.schema, "reading an item", connection -> {
            Serving serving = Serving.of(connection, game);
            return serving == null || number(connection, serving.game(), itemId) == null
                    ? Optional.empty()
                    : Optional.of(itemId);
        });
    }

    private static void fromModel(Connection connection, VectorStore vectors, Serving serving, Choice choice)
            throws SQLException {
        Folding sum = new Folding(VectorLayout.ITEM_SHAPE.dimension());
        choice.history().forEach(item -> fold(sum, item));
        if (serving.version() == null || sum.isNothing()) {
            return;
        }
        Filter allowed = Filter.of(serving.game(), serving.version()).without(choice.leftOut());
        List<Hit> hits = vectors.nearest(VectorLayout.ITEMS, sum.vector(), allowed, choice.candidates());
        Map<Long, Known> known = known(connection, serving, numbers(hits));
        for (Hit hit : hits) {
            Known item = known.get(Long.valueOf(hit.id()));
            if (item != null) {
                choice.addFromModel(item.number, item.itemId, item.vector, hit.score());
            }
        }
        choice.takeFromModel();
    }

    private static void fold(Folding sum, HistoryItem item) {
        if (item.vector() != null && item.speaks()) {
            sum.add(item.affinity(), item.pull(), item.vector());
        }
    }

    /** An item as a version knows it. */
    private record Known(long number, String itemId, float pull, float[] vector) {}

    private static Map<Long, Known> known(Connection connection, Serving serving, Collection<Long> numbers)
            throws SQLException {
        Map<Long, Known> known = new HashMap<>();
        Sql.each(
                connection,
                "SELECT i.number, i.item_id, v.pull, v.vector FROM item i"
                        + " JOIN item_vector v ON v.game = i.game AND v.version = ? AND v.item = i.number"
                        + " WHERE i.number = ANY (?)",
                row -> known.put(
                        row.getLong(1),
                        new Known(
                                row.getLong(1),
                                row.getString(2),
                                row.getFloat(3),
                                VectorBytes.vector(row.getBytes(4)))),
                serving.version(),
                SqlArray.of("int8", numbers, number -> number));
        return known;
    }

    private static List<Long> numbers(List<Hit> hits) {
        return hits.stream().map(hit -> Long.valueOf(hit.id())).toList();
    }

    private static @Nullable Long number(Connection connection, int game, String itemId) throws SQLException {
        return Sql.first(
                connection,
                "SELECT number FROM item WHERE game = ? AND md5(item_id) = md5(?)",
                row -> row.getLong(1),
                game,
                itemId);
    }

    private static UUID person(Connection connection, int game, Pseudonym player) throws SQLException {
        UUID person = Sql.first(
                connection,
                "SELECT coalesce(person, stream) FROM source WHERE game = ? AND stream = ?",
                row -> row.getObject(1, UUID.class),
                game,
                player.value());
        return person == null ? player.value() : person;
    }

    private static void check(int first) {
        if (first < 1 || first > MOST) {
            throw new IllegalArgumentException("first must be 1 to " + MOST + ": first=" + first);
        }
    }
}
