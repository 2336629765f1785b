package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.projections.gamesstore.GamesBatch;
import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.projections.gamesstore.GamesWriter;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsBatch;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsCleaner;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRedis;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsWriter;
import io.gamemetrics.projections.metricsstore.MetricsBatch;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.playersstore.PlayersSchema;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class LeaderboardQueriesTest {

    private static final GameId GAME = new GameId("intendo");
    private static final int NUMBER = 4;
    private static final Instant NOW = Instant.parse("2015-03-02T00:00:00Z");
    private static final String ENTRY = " rank playerId displayName score saturated achievedAt percentile ";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path keys;

    private static LeaderboardsRedis redis;
    private static QueryService service;
    private static PostgresVault vault;

    private LeaderboardsWriter writer;
    private long position = 1;
    private @Nullable Checkpoint checkpoint;

    @BeforeAll
    static void start() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        String url = TestPostgres.newDatabase();
        database.setUrl(url);
        vault = PostgresVault.open(database, KeyDirectory.at(keys));
        GamesStore.migrate(database);
        MetricsSchema.migrate(database);
        PlayersSchema.migrate(database);
        GamesBatch games = new GamesWriter(database).begin(0);
        games.gameCreated(
                GAME, NUMBER, "Intendo", ZoneOffset.UTC, Currency.getInstance("USD"), "ANY_EVENT", "LIVE", NOW);
        games.commit(null, new Checkpoint(new Position(7, 1), NOW, 1, 0, 0));
        MetricsWriter metrics = new MetricsWriter(database, "metrics");
        MetricsBatch rows = metrics.begin();
        rows.game(NUMBER, GAME.value(), ZoneOffset.UTC, "USD", true, new Position(7, 1));
        metrics.commit(rows, 0, null, new Checkpoint(new Position(7, 1), NOW, 1, 0, 0), List.of());
        redis = LeaderboardsRedis.at(TestRedis.url());
        service = QueryService.startOn(
                url, Map.of("gamemetrics.redis.url", TestRedis.url(), "gamemetrics.key-dir", keys.toString()));
    }

    @AfterAll
    static void stop() {
        service.close();
        redis.close();
    }

    @BeforeEach
    void begin() {
        new LeaderboardsCleaner(redis).drop();
        writer = new LeaderboardsWriter(redis, 1, Clock.fixed(NOW, ZoneOffset.UTC));
        checkpoint = writer.checkpoint(0);
        write(
                batch -> {
                    batch.zone(NUMBER, ZoneId.of("America/New_York"), at());
                    batch.board(NUMBER, "best", "BEST", "DESC", "NEVER", at());
                    batch.board(NUMBER, "daily", "SUM", "DESC", "DAILY", at());
                },
                NOW);
    }

    @Test
    void a_page_shows_ids_to_who_sees_them_and_pseudonyms_to_who_does_not() throws Exception {
        score("best", "anna", 7, "2015-02-28T23:00:00Z");
        score("best", "bert", 9_007_199_254_740_991L, "2015-02-28T23:00:00.123Z");
        score("best", "carl", 7, "2015-02-28T22:59:00Z");

        JsonNode board = board(Role.SUPPORT, "best", """
                id operator order reset timeZone needsReplay rebuilding position asOf totalCount
                entries { period closed changedAfterClose changedAt totalCount nodes { %s } edges { node { rank } }
                          pageInfo { hasPreviousPage hasNextPage } }""".formatted(ENTRY));
        assertThat(board).isEqualTo(JSON.readTree("""
                {"id":"best","operator":"BEST","order":"DESC","reset":"NEVER","timeZone":"America/New_York",
                 "needsReplay":false,"rebuilding":false,"position":"7.6","asOf":"2015-03-02T00:00:00Z","totalCount":3,
                 "entries":{"period":"ALL_TIME","closed":false,"changedAfterClose":false,
                  "changedAt":"2015-03-02T00:00:00Z","totalCount":3,"nodes":[
                  {"rank":1,"playerId":"bert","displayName":null,"score":"9007199254740991","saturated":false,
                   "achievedAt":"2015-02-28T23:00:00.123Z","percentile":"1.000000"},
                  {"rank":2,"playerId":"carl","displayName":null,"score":"7","saturated":false,
                   "achievedAt":"2015-02-28T22:59:00Z","percentile":"0.500000"},
                  {"rank":3,"playerId":"anna","displayName":null,"score":"7","saturated":false,
                   "achievedAt":"2015-02-28T23:00:00Z","percentile":"0.000000"}],
                  "edges":[{"node":{"rank":1}},{"node":{"rank":2}},{"node":{"rank":3}}],
                  "pageInfo":{"hasPreviousPage":false,"hasNextPage":false}}}"""));
        String bert = player("bert").toString();
        assertThat(board(Role.ANALYST, "best", "rankOf(playerId: \"" + bert + "\") { rank playerId }"))
                .isEqualTo(JSON.readTree("{\"rankOf\":{\"rank\":1,\"playerId\":\"" + bert + "\"}}"));
    }

    @Test
    void pages_follow_one_another_both_ways() throws Exception {
        for (int i = 1; i <= 7; i++) {
            score("best", "p" + i, i % 3, "2015-02-28T23:00:0" + i + "Z");
        }
        List<String> forth = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = board(
                            Role.SUPPORT,
                            "best",
                            "entries(first: 2" + after + ") { nodes { playerId } pageInfo { hasNextPage endCursor } }")
                    .path("entries");
            page.path("nodes").forEach(node -> forth.add(node.path("playerId").asText()));
            after = page.at("/pageInfo/hasNextPage").asBoolean()
                    ? ", after: \"" + page.at("/pageInfo/endCursor").asText() + "\""
                    : "";
        } while (!after.isEmpty());
        assertThat(forth).containsExactly("p2", "p5", "p1", "p4", "p7", "p3", "p6");
        List<String> back = new ArrayList<>();
        String before = "";
        do {
            JsonNode page = board(
                            Role.SUPPORT,
                            "best",
                            "entries(last: 3" + before
                                    + ") { nodes { playerId } pageInfo { hasPreviousPage startCursor } }")
                    .path("entries");
            int place = 0;
            for (JsonNode node : page.path("nodes")) {
                back.add(place++, node.path("playerId").asText());
            }
            before = page.at("/pageInfo/hasPreviousPage").asBoolean()
                    ? ", before: \"" + page.at("/pageInfo/startCursor").asText() + "\""
                    : "";
        } while (!before.isEmpty());
        assertThat(back).isEqualTo(forth);
    }

    @Test
    void who_stands_around_a_player() throws Exception {
        for (int i = 1; i <= 6; i++) {
            score("best", "p" + i, -i, "2015-02-28T23:00:00Z");
        }
        assertThat(board(Role.SUPPORT, "best", "aroundPlayer(playerId: \"p4\", first: 3) { rank playerId }")
                        .findValuesAsText("playerId"))
                .containsExactly("p3", "p4", "p5");
        assertThat(board(Role.SUPPORT, "best", "aroundPlayer(playerId: \"p6\", first: 3) { rank playerId }")
                        .findValuesAsText("playerId"))
                .containsExactly("p4", "p5", "p6");
        JsonNode nobody =
                board(Role.SUPPORT, "best", "aroundPlayer(playerId: \"x\") { rank } rankOf(playerId: \"x\") { rank }");
        assertThat(nobody).isEqualTo(JSON.readTree("{\"aroundPlayer\":[],\"rankOf\":null}"));
    }

    @Test
    void a_day_that_is_over_says_so_and_that_it_was_changed() throws Exception {
        score("daily", "anna", 3, "2015-03-01T04:59:59Z");
        score("daily", "anna", 4, "2015-03-01T05:00:00Z");
        String fields = "{ period closed changedAfterClose nodes { score } }";

        JsonNode board = board(
                Role.SUPPORT,
                "daily",
                "shown: entries " + fields + " day: entries(period: \"2015-02-28\") " + fields
                        + " month: entries(period: \"2015-03\") " + fields
                        + " week: entries(period: \"2015-W09\") " + fields
                        + " ever: totalCount(period: \"ALL_TIME\")");
        assertThat(board.at("/day")).isEqualTo(JSON.readTree("""
                {"period":"2015-02-28","closed":true,"changedAfterClose":true,"nodes":[{"score":"3"}]}"""));
        assertThat(board.at("/month")).isEqualTo(JSON.readTree("""
                {"period":"2015-03","closed":true,"changedAfterClose":false,"nodes":[{"score":"4"}]}"""));
        assertThat(board.at("/week/nodes/0/score").asText()).isEqualTo("7");
        assertThat(board.at("/shown/closed").asBoolean()).isFalse();
        assertThat(board.at("/shown/nodes")).isEmpty();
        assertThat(board.at("/ever").asInt()).isEqualTo(1);
    }

    @Test
    void a_board_that_was_never_defined_is_null_and_one_that_is_rebuilt_says_so_and_shows_nothing() throws Exception {
        score("best", "anna", 3, "2015-03-01T04:59:59Z");
        assertThat(board(Role.SUPPORT, "other", "id").isNull()).isTrue();

        new LeaderboardsCleaner(redis).drop();
        String fields = "rebuilding position entries { totalCount } totalCount rankOf(playerId: \"anna\") { rank }"
                + " aroundPlayer(playerId: \"anna\") { rank }";
        JsonNode nothing = JSON.readTree("{\"rebuilding\":true,\"position\":null,\"entries\":null,\"totalCount\":null,"
                + "\"rankOf\":null,\"aroundPlayer\":null}");
        assertThat(board(Role.SUPPORT, "best", fields)).isEqualTo(nothing);
        writer.checkpoint(0);
        assertThat(board(Role.SUPPORT, "best", fields)).isEqualTo(nothing);
    }

    @Test
    void a_changed_rule_needs_a_replay() throws Exception {
        write(batch -> batch.board(NUMBER, "best", "BEST", "ASC", "NEVER", at()), NOW);
        assertThat(board(Role.ANALYST, "best", "needsReplay order"))
                .isEqualTo(JSON.readTree("{\"needsReplay\":true,\"order\":\"DESC\"}"));
    }

    @Test
    void nonsense_is_refused() throws Exception {
        for (String field : List.of(
                "entries(first: 0) { totalCount }",
                "entries(last: 201) { totalCount }",
                "entries(first: 1, last: 1) { totalCount }",
                "entries(after: \"!\") { totalCount }",
                "entries(before: \"AAAA\") { totalCount }",
                "entries(period: \"2015-W54\") { totalCount }",
                "aroundPlayer(playerId: \"p\", first: 201) { rank }")) {
            JsonNode answer = service.ask(token(Role.ANALYST), query("best", field));
            assertThat(answer.path("errors")).as(field).isNotEmpty();
            assertThat(QueryService.code(answer)).as(field).isEqualTo("BAD_INPUT");
        }
    }

    private JsonNode board(Role role, String board, String fields) throws Exception {
        JsonNode answer = service.ask(token(role), query(board, fields));
        assertThat(answer.path("errors")).isEmpty();
        return answer.at("/data/game/leaderboard");
    }

    private static String token(Role role) {
        return QueryService.token("intendo", role);
    }

    private static String query(String board, String fields) {
        return "{ game(id: \"intendo\") { leaderboard(id: \"" + board + "\") { " + fields + " } } }";
    }

    private void score(String board, String player, long score, String occurredAt) {
        UUID stream = player(player);
        write(batch -> batch.score(NUMBER, stream, board, score, Instant.parse(occurredAt), at(), NOW), NOW);
    }

    private static UUID player(String id) {
        PlayerId player = new PlayerId(id);
        return Objects.requireNonNull(
                        vault.subjects(vault.gameNumber(GAME), List.of(player)).get(player))
                .pseudonym()
                .value();
    }

    private void write(Consumer<LeaderboardsBatch> events, Instant asOf) {
        LeaderboardsBatch batch = writer.begin();
        events.accept(batch);
        Checkpoint next = new Checkpoint(new Position(7, position - 1), asOf, 1, 0, 0);
        assertThat(writer.commit(batch, 0, checkpoint, next, List.of())).isTrue();
        checkpoint = next;
    }

    private Position at() {
        return new Position(7, position++);
    }
}
