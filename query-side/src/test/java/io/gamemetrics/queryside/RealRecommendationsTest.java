package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.KeyHash;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.projections.gamesstore.GamesBatch;
import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.projections.gamesstore.GamesWriter;
import io.gamemetrics.projections.metricsstore.MetricsBatch;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.playersstore.PlayersBatch;
import io.gamemetrics.projections.playersstore.PlayersSchema;
import io.gamemetrics.projections.playersstore.PlayersWriter;
import io.gamemetrics.projections.recommendationsstore.ItemVectors;
import io.gamemetrics.projections.recommendationsstore.LearningState;
import io.gamemetrics.projections.recommendationsstore.ModelRow;
import io.gamemetrics.projections.recommendationsstore.ModelStore;
import io.gamemetrics.projections.recommendationsstore.PopularWriter;
import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.projections.recommendationsstore.RecommendationsWriter;
import io.gamemetrics.projections.recommendationsstore.VectorLayout;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Point;
import io.gamemetrics.projections.recommendationsstore.vectors.Vectors;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Recommendations over the real vault, tables and vectors: three items of which the first two go together. */
class RealRecommendationsTest {

    private static final GameId GAME = new GameId("intendo");
    private static final Instant NOW = Instant.parse("2015-01-01T23:30:00Z");
    private static final String DATABASE = TestPostgres.newDatabase();
    private static final String KEY = "gmk_read_k1";
    private static final String LIKED =
            "player(id: \"%s\") { recommendations(first: %d, excludeOwned: %s) { item score why } }";

    @TempDir
    static Path folder;

    private static PGSimpleDataSource database;
    private static PostgresVault vault;
    private static final Map<String, UUID> MADE = new HashMap<>();
    private static QueryService service;

    @BeforeAll
    static void start() {
        database = new PGSimpleDataSource();
        database.setUrl(DATABASE);
        vault = PostgresVault.open(database, KeyDirectory.at(folder.resolve("keys")));
        Currency dollars = Currency.getInstance("USD");
        GamesStore.migrate(database);
        GamesBatch games = new GamesWriter(database).begin(0);
        games.gameCreated(GAME, 1, "Intendo", ZoneOffset.UTC, dollars, "ANY_EVENT", "LIVE", NOW);
        games.keyIssued(GAME, "k1", "READ", null, KeyHash.of(KEY), NOW, null);
        games.commit(null, checkpoint());
        MetricsSchema.migrate(database);
        MetricsBatch metrics = new MetricsWriter(database, "metrics").begin();
        metrics.game(1, "intendo", ZoneOffset.UTC, "USD", true, new Position(7, 1));
        new MetricsWriter(database, "metrics").commit(metrics, 0, null, checkpoint(), List.of());
        PlayersSchema.migrate(database);
        PlayersBatch players = new PlayersWriter(database).begin();
        players.game(1, "intendo", ZoneOffset.UTC, "USD", true, new Position(7, 1));
        RecommendationsSchema.migrate(database);
        RecommendationsWriter writer = new RecommendationsWriter(RecommendationsSchema.of(database, 1));
        RecommendationsBatch items = writer.begin();
        items.game(1, GAME);
        for (String player : List.of("ann", "bob", "new", "gone")) {
            players.player(1, made(player)).seen(NOW, 0, "ios", "SE", "1.0");
            items.seen(1, made(player), "SE", "ios");
        }
        new PlayersWriter(database).commit(players, 0, null, checkpoint(), List.of());
        items.purchased(1, made("ann"), new EventId("p1"), "sword", 5);
        items.interacted(1, made("bob"), "sword", "play", null);
        items.interacted(1, made("bob"), "shield", "play", null);
        items.interacted(1, made("gone"), "sword", "play", null);
        items.interacted(1, made("gone"), "hat", "view", null);
        writer.commit(items, 0, null, checkpoint(), List.of());
        model();
        vault.destroy(made("gone"));
        service = QueryService.startOn(
                DATABASE,
                Map.of(
                        "gamemetrics.kafka.partitions",
                        "1",
                        "gamemetrics.key-dir",
                        folder.resolve("keys").toString(),
                        "gamemetrics.data",
                        folder.toString()));
    }

    /** A version of three vectors, in the tables and in the folder of the process that makes them. */
    private static void model() {
        new PopularWriter(RecommendationsSchema.of(database, 1)).count(1);
        LearningState state = new LearningState(RecommendationsSchema.of(database, 1));
        long[] numbers = state.snapshot(1).interactions().itemNumbers();
        // In the order of their ids: hat, shield, sword.
        float[][] parts = {{0, 1}, {1, 0.25f}, {1, 0}};
        ModelStore models = new ModelStore(RecommendationsSchema.of(database, 1));
        models.save(
                new ModelRow(1, 1, 1, 2, 3, 3, 5, 0, null, null, null, 1),
                new ItemVectors(numbers, new float[] {1, 1, 0.5f}, parts));
        models.activate(1, 1, state.changes().getFirst());
        models.playersComplete(1, 1);
        try (VectorStore vectors = Vectors.writing("", "", folder)) {
            vectors.create(VectorLayout.ITEMS + "-1", VectorLayout.ITEM_SHAPE);
            vectors.switchTo(VectorLayout.ITEMS, VectorLayout.ITEMS + "-1");
            vectors.create(VectorLayout.PLAYERS + "-1", VectorLayout.PLAYER_SHAPE);
            vectors.switchTo(VectorLayout.PLAYERS, VectorLayout.PLAYERS + "-1");
            for (int item = 0; item < numbers.length; item++) {
                vectors.upsert(
                        VectorLayout.ITEMS,
                        List.of(new Point(
                                1,
                                1,
                                Long.toString(numbers[item]),
                                VectorLayout.filled(parts[item], VectorLayout.ITEM_SHAPE))));
            }
            for (String player : List.of("ann", "bob", "gone")) {
                vectors.upsert(
                        VectorLayout.PLAYERS,
                        List.of(new Point(
                                1,
                                1,
                                made(player).toString(),
                                VectorLayout.filled(new float[] {1, 0.1f}, VectorLayout.PLAYER_SHAPE))));
            }
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_player_is_offered_what_goes_with_what_they_have_and_told_why() throws Exception {
        JsonNode list = ask(LIKED.formatted("ann", 1, true)).at("/data/game/player/recommendations");

        assertThat(list).hasSize(1);
        assertThat(list.at("/0/item").asText()).isEqualTo("shield");
        assertThat(list.at("/0/score").asText()).isEqualTo("0.500000");
        assertThat(list.at("/0/why").asText()).isEqualTo("because you bought sword");
    }

    @Test
    void a_new_player_is_offered_what_is_popular() throws Exception {
        JsonNode list = ask(LIKED.formatted("new", 10, true)).at("/data/game/player/recommendations");

        assertThat(list.findValuesAsText("item")).containsExactly("sword", "shield", "hat");
        assertThat(list.at("/0/why").asText()).isEqualTo("popular with all players");
        assertThat(list.at("/0/score").asText()).isEqualTo("1.000000");
    }

    @Test
    void similar_players_are_told_as_far_as_the_caller_may_see_and_never_who_was_erased() throws Exception {
        String query = "player(id: \"%s\") { similarPlayers(first: 5) { playerId score } }";
        assertThat(ask(query.formatted("ann"))
                        .at("/data/game/player/similarPlayers")
                        .findValuesAsText("playerId"))
                .containsExactly("bob");
        JsonNode analyst = service.ask(QueryService.token("intendo", Role.ANALYST), game(query.formatted(made("ann"))));
        assertThat(analyst.at("/data/game/player/similarPlayers").findValuesAsText("playerId"))
                .containsExactly(made("bob").toString());
    }

    @Test
    void similar_items_come_with_a_score_and_an_item_nobody_knows_is_null() throws Exception {
        JsonNode item = ask("item(id: \"sword\") { id similar(first: 2) { item score } }")
                .at("/data/game/item");
        assertThat(item.path("id").asText()).isEqualTo("sword");
        assertThat(item.path("similar").findValuesAsText("item")).containsExactly("shield");
        assertThat(ask("item(id: \"bow\") { id }").at("/data/game/item").isNull())
                .isTrue();
    }

    @Test
    void lists_have_a_limit() throws Exception {
        for (int first : List.of(0, 201)) {
            assertThat(QueryService.code(ask(LIKED.formatted("ann", first, true))))
                    .isEqualTo("BAD_INPUT");
        }
    }

    @Test
    void minPosition_waits_for_them_when_they_are_asked_for() throws Exception {
        String behind =
                "{ game(id: \"intendo\", minPosition: \"7.11\", waitMillis: 50) { item(id: \"sword\") { id } } }";
        assertThat(QueryService.code(service.ask(KEY, behind))).isEqualTo("PROJECTION_BEHIND");
    }

    private static JsonNode ask(String fields) throws Exception {
        return service.ask(KEY, game(fields));
    }

    private static String game(String fields) {
        return "{ game(id: \"intendo\") { " + fields + " } }";
    }

    private static UUID made(String id) {
        PlayerId player = new PlayerId(id);
        return MADE.computeIfAbsent(id, key -> Objects.requireNonNull(
                        vault.subjects(vault.gameNumber(GAME), List.of(player)).get(player))
                .pseudonym()
                .value());
    }

    private static Checkpoint checkpoint() {
        return new Checkpoint(new Position(7, 10), NOW, 1, 0, 0);
    }
}
