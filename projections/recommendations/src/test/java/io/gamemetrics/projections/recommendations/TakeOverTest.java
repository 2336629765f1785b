package io.gamemetrics.projections.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.Entry;
import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.projections.recommendations.training.TrainingSettings;
import io.gamemetrics.projections.recommendationsstore.LearningState;
import io.gamemetrics.projections.recommendationsstore.LearningState.Changes;
import io.gamemetrics.projections.recommendationsstore.ModelStore;
import io.gamemetrics.projections.recommendationsstore.RecommendationsContents;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.projections.recommendationsstore.RecommendationsWriter;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.recommendationsstore.vectors.Vectors;
import io.gamemetrics.projections.runtime.EveryColumnIsSeen;
import io.gamemetrics.projections.runtime.FedVersion;
import io.gamemetrics.projections.runtime.HeldAgainst;
import io.gamemetrics.projections.runtime.ManyGames;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three games, of which the second is rebuilt while all are played: held against a version that was built whole. */
class TakeOverTest {

    private static final int REBUILT = 2;
    private static final Set<Integer> GAMES = Set.of(REBUILT);
    private static final int ROUNDS = 3;

    /** How far it is, and what is made of the rest, which other tests look at. */
    private static final Set<String> UNSEEN = Set.of(
            "active_model",
            "change",
            "checkpoint",
            "item_vector",
            "model",
            "parked",
            "pending",
            "popular",
            "taken_over",
            "taken_over_position");

    @TempDir
    Path folder;

    private Fed fed;
    private RecommendationsVersions versions;

    @BeforeEach
    void open() {
        fed = Fed.empty(folder);
        versions = new RecommendationsVersions(fed.database, fed.vectors);
    }

    @AfterEach
    void close() {
        fed.close();
    }

    @Test
    void a_version_that_took_over_holds_what_one_that_was_built_whole_does() throws Exception {
        long seed = Long.getLong("seed", 20_261_129L);
        for (int round = 0; round < ROUNDS; round++) {
            rebuild(seed + round);
            for (int number = 1; number <= 3; number++) {
                versions.drop(number);
            }
        }
    }

    private void rebuild(long seed) throws Exception {
        Random random = new Random(seed);
        ManyGames games = Histories.many(seed);
        FedVersion live = Fed.version(fed.database, 1);
        for (int partition = 0; partition < Histories.PARTITIONS; partition++) {
            int all = games.byPartition.get(partition).size();
            // At times one partition has not begun.
            live.handle(
                    partition, games.byPartition.get(partition), random.nextInt(all) * random.nextInt(4) / 3, random);
        }
        Thread played = Thread.startVirtualThread(() -> live.handleAll(games, new Random(seed)));
        LeftOut leftOut = leftOut(games);
        Map<Integer, Position> taken = versions.takeOver(2, 1, leftOut);
        played.join();
        live.handleAll(games, random);
        assertThat(versions.takeOver(2, 1, leftOut)).as("again, seed %s", seed).isEqualTo(taken);

        FedVersion rebuilt = Fed.version(fed.database, 2);
        FedVersion whole = Fed.version(fed.database, 3);
        for (int partition = 0; partition < Histories.PARTITIONS; partition++) {
            List<Placed> events = games.after(partition, taken.get(partition), GAMES);
            rebuilt.handle(partition, events, events.size(), random);
        }
        whole.handleAll(games, random);
        for (int number = 1; number <= 3; number++) {
            for (int game = 1; game <= Histories.GAMES; game++) {
                assertThat(learn(number, game)).isEqualTo(Learning.Outcome.ACTIVE);
            }
        }
        HeldAgainst.same(() -> contents(2), () -> contents(3), cell -> true);
        HeldAgainst.same(() -> contents(1), () -> contents(3), cell -> true);
        try (Contents two = contents(2)) {
            assertThat(two.isOfOneMoment()).isTrue();
            assertThat(two.positions()).hasSize(Histories.PARTITIONS);
            assertThat(HeldAgainst.cells(two).keySet())
                    .extracting(Cell.Key::section)
                    .contains("game", "item", "interaction", "purchase", "source", "item_vector");
        }
    }

    private Learning.Outcome learn(int number, int game) {
        var schema = RecommendationsSchema.of(fed.database, number);
        VectorStore vectors = Vectors.ofVersion(fed.vectors, number);
        ModelStore models = new ModelStore(schema);
        new VectorRepair(models, vectors).run();
        return new Learning(new LearningState(schema), models, vectors, TrainingSettings.defaults()).learn(game);
    }

    private static LeftOut leftOut(ManyGames games) {
        Map<UUID, Integer> streams = new HashMap<>();
        games.byPartition.forEach(events -> events.forEach(
                event -> streams.put(event.place().stream(), event.place().gameNumber())));
        return new LeftOut(GAMES, parked -> {
            Integer game = streams.get(parked.stream());
            return game == null ? OptionalInt.empty() : OptionalInt.of(game);
        });
    }

    private Contents contents(int number) {
        return versions.contents(number, Set.of());
    }

    @Test
    void what_was_taken_over_is_due_to_be_learned_from_and_nothing_is_of_the_rebuilt_game() throws SQLException {
        ManyGames games = Histories.many(3);
        Fed.version(fed.database, 1).handleAll(games, new Random(3));
        try (var connection = fed.database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO recommendations.parked (projection, partition, incarnation, position, stream,"
                            + " sequence, cause) SELECT 'recommendations', 1, 1, row_number() OVER (), stream, 0, 'test' FROM"
                            + " (SELECT DISTINCT ON (game) stream, game FROM recommendations.source ORDER BY game) s");
        }
        versions.takeOver(2, 1, leftOut(games));

        assertThat(new LearningState(RecommendationsSchema.of(fed.database, 2)).changes())
                .extracting(Changes::game)
                .containsExactly(1, 3);
        HeldAgainst.same(() -> contents(2), () -> contents(1), cell -> cell.game() != REBUILT);
        try (Contents two = contents(2)) {
            assertThat(HeldAgainst.cells(two).keySet()).noneMatch(cell -> cell.game() == REBUILT);
        }
        assertThat(new RecommendationsWriter(RecommendationsSchema.of(fed.database, 2)).quarantined(1))
                .hasSize(Histories.GAMES - 1);
        assertThatThrownBy(() -> versions.takeOver(2, 1, LeftOut.NOTHING)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_model_is_compared_by_what_it_says_of_items_however_its_vectors_are_turned() throws SQLException {
        Fed.version(fed.database, 1).handleAll(Histories.many(5), new Random(5));
        learn(1, 1);
        Cell.Key cell = new Cell.Key("item_vector", 1, "");
        Map<String, float[]> before = vectors(cell);
        assertThat(before).isNotEmpty();

        change("vector = set_byte(vector, 0, get_byte(vector, 0) # 128)");
        assertThat(vectors(cell)).usingRecursiveComparison().isEqualTo(before);

        change("pull = 2 * pull");
        vectors(cell).forEach((item, vector) -> {
            float[] was = before.get(item);
            for (int group = 0; group < vector.length; group++) {
                vector[group] /= 2;
            }
            assertThat(Arrays.equals(vector, was)).as(item).isTrue();
        });
    }

    private Map<String, float[]> vectors(Cell.Key cell) {
        try (Contents contents = contents(1)) {
            return HeldAgainst.entries(contents, cell).values().stream()
                    .map(Entry.Vector.class::cast)
                    .collect(Collectors.toMap(Entry.Vector::key, Entry.Vector::values));
        }
    }

    private void change(String set) throws SQLException {
        try (var connection = fed.database.getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE recommendations.item_vector SET " + set))
                    .isPositive();
        }
    }

    @Test
    void a_version_built_from_some_types_holds_what_depends_on_those_alone() {
        ManyGames games = Histories.many(13);
        Set<Class<?>> types = Set.of(PurchaseMade.class, PurchaseRefunded.class);
        Set<Integer> ids = types.stream()
                .map(type -> EventCatalog.current().of(type).number())
                .collect(Collectors.toSet());
        Fed.version(fed.database, 1).handleAll(games, new Random(13));
        FedVersion some = Fed.version(fed.database, 2);
        for (int partition = 0; partition < Histories.PARTITIONS; partition++) {
            List<Placed> few = games.of(partition, types);
            some.handle(partition, few, few.size(), new Random(14));
        }
        HeldAgainst.same(() -> versions.contents(2, ids), () -> versions.contents(1, ids), cell -> true);
        try (Contents two = versions.contents(2, ids)) {
            assertThat(HeldAgainst.cells(two).keySet())
                    .extracting(Cell.Key::section)
                    .containsOnly("game", "purchase", "source:link");
        }
    }

    @Test
    void a_change_of_any_column_is_seen_where_it_was_made() throws SQLException {
        Fed.version(fed.database, 1).handleAll(Histories.many(17), new Random(17));
        new EveryColumnIsSeen(
                        fed.database,
                        "recommendations",
                        () -> RecommendationsContents.open(fed.database, 1, section -> true),
                        UNSEEN,
                        Map.of())
                .check();
    }
}
