package io.gamemetrics.commandside.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.replays.Comparisons;
import io.gamemetrics.infrastructure.replays.Difference;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Occasion;
import io.gamemetrics.infrastructure.replays.Offers;
import io.gamemetrics.infrastructure.replays.PartitionProgress;
import io.gamemetrics.infrastructure.replays.Progress;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.Replays;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.replays.Room;
import io.gamemetrics.infrastructure.replays.Rooms;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.ids.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What operators do with replays, over HTTP; what projections would do stands in the database. */
class ReplayRestApiTest {

    private static final PGSimpleDataSource READ_MODELS = new PGSimpleDataSource();
    private static TestCommandSide server;

    @BeforeAll
    static void start() {
        READ_MODELS.setUrl(TestPostgres.newDatabase());
        server = TestCommandSide.start(
                Databases.create(),
                Map.of(
                        "gamemetrics.timescale.url",
                        READ_MODELS.getUrl(),
                        "gamemetrics.timescale.user",
                        TestPostgres.server().user(),
                        "gamemetrics.timescale.password",
                        TestPostgres.server().password()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void beginAnew() throws Exception {
        ReplaysSchema.drop(READ_MODELS);
        ReplaysSchema.migrate(READ_MODELS);
        Versions versions = new Versions(READ_MODELS);
        versions.register(new KnownProjection("metrics", 2, true, 1));
        versions.register(new KnownProjection("notifications", 2, false, 1));
    }

    @Test
    void a_replay_is_started_and_shows_how_far_it_is() {
        String id = started();
        tell(2, 400, 100, 1_000, 90, 10);

        JsonNode replay = get("/v1/replays/" + id).body();
        assertThat(replay.path("phase").asText()).isEqualTo("READING");
        assertThat(replay.path("position").asText()).isEqualTo("7.400");
        assertThat(replay.path("head").asText()).isEqualTo("7.1000");
        assertThat(replay.path("percent").asDouble()).isEqualTo(40);
        assertThat(replay.path("eventsPerSecond").asDouble()).isEqualTo(180);
        assertThat(replay.path("etaSeconds").asLong()).isEqualTo(4);
        assertThat(replay.path("proof").toString()).isEqualTo("{\"ranges\":0,\"proved\":0,\"mismatches\":0}");
        assertThat(replay.at("/actions/0/actor").asText()).isEqualTo("tester");
        assertThat(get("/v1/replays").body().at("/0/replayId").asText()).isEqualTo(id);
    }

    @Test
    void what_never_arrives_says_so_by_having_no_time_left() {
        String id = started();
        tell(2, 400, 100, 1_000, 5, 10);

        assertThat(get("/v1/replays/" + id).body().path("etaSeconds").isNull()).isTrue();
    }

    @Test
    void it_goes_through_its_phases_as_it_is_told_and_remembers_who_told_it() {
        String id = started();
        assertThat(order(id, "pause").body().path("paused").asBoolean()).isTrue();
        assertThat(order(id, "resume").body().path("paused").asBoolean()).isFalse();
        assertThat(order(id, "throttle", "{\"eventsPerSecond\":500}")
                        .body()
                        .path("limitEventsPerSecond")
                        .asInt())
                .isEqualTo(500);
        assertThat(order(id, "switch").status()).isEqualTo(409);
        new Replays(READ_MODELS).caughtUp(UUID.fromString(id), 1_000);
        Answer tooEarly = order(id, "switch");
        assertThat(tooEarly.status()).isEqualTo(409);
        assertThat(tooEarly.body().path("code").asText()).isEqualTo("replay.unproved");
        prove();
        assertThat(order(id, "switch").body().path("code").asText()).isEqualTo("replay.behind");
        tell(1, 1_000, 1_000, 1_000, 1, 1);
        tell(2, 1_000, 1_000, 1_000, 1, 1);
        assertThat(order(id, "switch").body().path("phase").asText()).isEqualTo("SWITCHED");
        assertThat(order(id, "rollback").body().path("phase").asText()).isEqualTo("ROLLED_BACK");
        assertThat(order(id, "switch").body().path("phase").asText()).isEqualTo("SWITCHED");
        JsonNode done = order(id, "drop").body();
        assertThat(done.path("phase").asText()).isEqualTo("DONE");
        assertThat(done.path("actions")).hasSize(9);
    }

    @Test
    void a_second_one_of_the_same_projection_waits_until_the_first_is_over() {
        String id = started();
        Answer second = start("{\"projection\":\"metrics\"}");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().path("code").asText()).isEqualTo("replay.running");
        order(id, "cancel");

        assertThat(start("{\"projection\":\"metrics\"}").status()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"projection\":\"notifications\"} | 422 | replay.sideEffects",
                "{\"projection\":\"nothing\"} | 404 | notFound",
                "{} | 422 | replay.field.invalid",
                "{\"projection\":\"metrics\",\"eventsPerSecond\":0} | 422 | replay.field.invalid",
                "{\"projection\":\"metrics\",\"switch\":\"SOON\"} | 422 | replay.field.invalid",
                "{\"projection\":\"metrics\",\"abortWhen\":{\"diskFreeGiB\":-1}} | 422 | replay.field.invalid",
                "{\"projection\":\"metrics\",\"games\":[\"nobody\"]} | 422 | replay.field.invalid",
                "{\"projection\":\"metrics\",\"games\":[null]} | 422 | replay.field.invalid",
                "{\"projection\":\"metrics\",\"games\":[]} | 422 | replay.field.invalid",
                "{\"projection\":\"metrics\",\"games\":\"g\"} | 400 | body.malformed",
                "{\"projection\":\"metrics\",\"types\":[\"player.danced\"]} | 422 | replay.field.invalid",
                "{\"projection\":\"metrics\",\"from\":\"yesterday\"} | 422 | replay.field.invalid",
                "{\"projection\":\"metrics\",\"to\":\"+999999-01-01T00:00:00Z\"} | 422 | replay.field.invalid",
                "{\"projection\":\"metrics\",\"from\":\"2026-11-02T00:00:00Z\",\"to\":\"2026-11-01T00:00:00Z\"} | 422 | replay.field.invalid",
                "{\"projection\":\"metrics\",\"to\":\"2026-11-01T00:00:00Z\",\"types\":[\"player.registered\"]} | 422 | replay.field.invalid",
                "{\"projection\":\"metrics\",\"switch\":\"WHEN_IDENTICAL\",\"types\":[\"player.registered\"]} | 422 | replay.field.invalid",
                "{\"projection\":\"notifications\",\"dryRun\":true} | 422 | replay.sideEffects",
                "{\"projection\":\"nothing\",\"dryRun\":true} | 404 | notFound",
                "nonsense | 400 | body.malformed"
            })
    void what_can_not_be_is_refused_with_its_reason(String body, int status, String code) {
        Answer refused = start(body);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body().path("code").asText()).isEqualTo(code);
        assertThat(get("/v1/replays").body()).isEmpty();
    }

    @Test
    void a_dry_run_says_what_it_would_take_and_starts_nothing() {
        String dry = "{\"projection\":\"metrics\",\"dryRun\":true}";
        assertThat(start(dry).body().toString())
                .isEqualTo(
                        "{\"events\":0,\"bytesNeeded\":null,\"bytesFree\":null,\"secondsEstimated\":null,\"fits\":null}");
        new Rooms(READ_MODELS).tell("metrics", new Room(OptionalLong.of(5_000), 4_000));

        assertThat(start(dry).status()).isEqualTo(200);
        assertThat(start(dry).body().toString())
                .isEqualTo(
                        "{\"events\":0,\"bytesNeeded\":5000,\"bytesFree\":4000,\"secondsEstimated\":null,\"fits\":false}");
        assertThat(get("/v1/replays").body()).isEmpty();
    }

    @Test
    void what_does_not_fit_is_not_started() {
        new Rooms(READ_MODELS).tell("metrics", new Room(OptionalLong.of(5_000), 4_000));
        Answer refused = start("{\"projection\":\"metrics\"}");

        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.body().path("code").asText()).isEqualTo("replay.noSpace");
        new Rooms(READ_MODELS).tell("metrics", new Room(OptionalLong.of(3_000), 4_000));
        assertThat(start("{\"projection\":\"metrics\"}").status()).isEqualTo(202);
    }

    @Test
    void a_part_is_said_back_as_it_was_wanted_and_counted_for_a_dry_run() {
        server.createGame("parted");
        server.createGame("other");
        String part = "{\"projection\":\"metrics\",\"games\":[\"parted\"],\"from\":\"2026-01-01T00:00:00Z\"%s}";
        JsonNode dry = start(part.formatted(",\"dryRun\":true")).body();
        assertThat(dry.path("events").asLong())
                .as("all of the one game's, none of the other's")
                .isBetween(
                        1L,
                        server.context().getBean(EventStore.class).position().number() - 1);
        String id = start(part.formatted("")).body().path("replayId").asText();

        JsonNode replay = get("/v1/replays/" + id).body();
        assertThat(replay.path("phase").asText()).isEqualTo("TAKING_OVER");
        assertThat(replay.path("part").toString())
                .startsWith("{\"games\":[\"parted\"],\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2")
                .endsWith("\",\"types\":[]}");
    }

    @Test
    void a_time_without_an_end_ends_when_it_is_ordered() {
        String id = start("{\"projection\":\"metrics\",\"from\":\"2026-01-01T00:00:00Z\"}")
                .body()
                .path("replayId")
                .asText();

        assertThat(Instant.parse(get("/v1/replays/" + id).body().at("/part/to").asText()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void what_handles_some_types_alone_is_never_given_to_readers() {
        String id = start("{\"projection\":\"metrics\",\"types\":[\"player.purchase-made\"]}")
                .body()
                .path("replayId")
                .asText();
        new Replays(READ_MODELS).caughtUp(UUID.fromString(id), 1_000);
        tell(2, 1_000, 1_000, 1_000, 1, 1);

        assertThat(order(id, "switch").body().path("code").asText()).isEqualTo("replay.onlyCompared");
        assertThat(get("/v1/replays/" + id).body().at("/part/types").toString())
                .as("with those that purchases complete")
                .isEqualTo("[\"player.purchase-made\",\"player.purchase-refunded\"]");
    }

    @Test
    void old_and_new_are_compared_when_somebody_asks_and_what_differs_is_listed() {
        String id = started();
        assertThat(order(id, "compare").status()).as("nothing to compare yet").isEqualTo(409);
        new Replays(READ_MODELS).caughtUp(UUID.fromString(id), 1_000);
        assertThat(order(id, "compare").body().at("/comparison/state").asText()).isEqualTo("WANTED");
        Comparisons comparisons = new Comparisons(READ_MODELS);
        long wanted = comparisons.take(UUID.fromString(id), "one").orElseThrow().id();
        comparisons.done(
                wanted,
                "one",
                7,
                List.of(new Difference("days", 0, "2026-11-29", 5, 6, 1L, 2L, null, List.of("7.90"))));

        JsonNode comparison = get("/v1/replays/" + id).body().path("comparison");
        assertThat(comparison.path("state").asText()).isEqualTo("DONE");
        assertThat(comparison.path("differences").asInt()).isEqualTo(7);
        assertThat(comparison.at("/found/0").toString())
                .isEqualTo("{\"section\":\"days\",\"game\":null,\"part\":\"2026-11-29\",\"oldCount\":5,\"newCount\":6,"
                        + "\"oldChecksum\":1,\"newChecksum\":2,\"distance\":null,\"positions\":[\"7.90\"]}");
        assertThat(order(UUID.randomUUID().toString(), "compare").status()).isEqualTo(404);
        order(id, "pause");
        assertThat(order(id, "compare").body().path("code").asText()).isEqualTo("replay.paused");
    }

    @Test
    void a_replay_nobody_knows_is_not_found() {
        assertThat(get("/v1/replays/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(order(UUID.randomUUID().toString(), "pause").status()).isEqualTo(404);
        assertThat(get("/v1/replays/nonsense").status()).isEqualTo(404);
    }

    @Test
    void only_operators_of_the_whole_platform_come_near() {
        String operator = server.person(Map.of("*", Set.of(Role.OPERATOR)));
        String ofOneGame = server.person(Map.of("g", Set.of(Role.OPERATOR)));

        assertThat(server.get("/v1/projections", operator).status()).isEqualTo(200);
        for (String path : List.of("/v1/projections", "/v1/replays", "/v1/replays/" + UUID.randomUUID())) {
            assertThat(server.get(path, ofOneGame).status()).isEqualTo(403);
            assertThat(server.get(path, null).status()).isEqualTo(401);
        }
    }

    @Test
    void a_projection_whose_processes_died_looks_dead() throws Exception {
        tell(1, 900, 950, 1_000, 50, 10);
        try (var connection = READ_MODELS.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE replays.progress SET told_at = told_at - interval '5 minutes',"
                    + " as_of = as_of - interval '5 minutes'");
        }

        JsonNode metrics = get("/v1/projections").body().get(0);
        assertThat(metrics.path("name").asText()).isEqualTo("metrics");
        assertThat(metrics.path("version").asInt()).isEqualTo(1);
        assertThat(metrics.path("instances").asInt()).isZero();
        assertThat(metrics.path("eventsPerSecond").asDouble()).isZero();
        assertThat(metrics.path("lagSeconds").asLong()).isGreaterThanOrEqualTo(300);
    }

    @Test
    void what_a_replay_would_count_otherwise_is_shown_with_its_projection_until_an_operator_does_not_want_it() {
        Occasion occasion = new Occasion(Occasion.Reason.LEADERBOARD_RULE, "intendo", "arena", "It is SUM now.");
        new Offers(READ_MODELS).offer("metrics", 1, occasion);

        JsonNode offer = get("/v1/projections").body().at("/0/offers/0");
        assertThat(offer.path("reason").asText()).isEqualTo("LEADERBOARD_RULE");
        assertThat(offer.path("game").asText()).isEqualTo("intendo");
        assertThat(offer.path("board").asText()).isEqualTo("arena");
        assertThat(offer.path("detail").asText()).isEqualTo("It is SUM now.");
        assertThat(offer.path("version").asInt()).isEqualTo(1);
        assertThat(Instant.parse(offer.path("since").asText()))
                .isBeforeOrEqualTo(Instant.now().plusSeconds(5));
        String dismiss = "/v1/offers/" + offer.path("offerId").asText() + "/dismiss";
        String ofOneGame = server.person(Map.of("g", Set.of(Role.OPERATOR)));
        assertThat(server.send("POST", dismiss, ofOneGame, "application/json", new byte[0])
                        .status())
                .isEqualTo(403);
        assertThat(server.admin("POST", dismiss, "").body().path("board").asText())
                .isEqualTo("arena");
        assertThat(get("/v1/projections").body().at("/0/offers")).isEmpty();
        assertThat(server.admin("POST", dismiss, "").status()).isEqualTo(404);
        assertThat(server.admin("POST", "/v1/offers/nonsense/dismiss", "").status())
                .isEqualTo(404);
    }

    @Test
    void without_the_read_models_database_it_is_not_here_right_now() throws Exception {
        ReplaysSchema.drop(READ_MODELS);

        assertThat(get("/v1/projections").status()).isEqualTo(503);
    }

    /** What two partitions' instances would tell. */
    private static void tell(int version, long one, long other, long head, double rate, double growth) {
        new Progress(READ_MODELS)
                .tell(
                        "metrics",
                        version,
                        List.of(
                                partition(0, one, head, rate, growth),
                                partition(1, Math.max(one, other), head, rate, growth)));
    }

    /** What a projection would tell when version 2 has caught up. */
    private static void prove() {
        Proofs proofs = new Proofs(READ_MODELS);
        for (int partition = 0; partition < 2; partition++) {
            Proofs.Mark mark = new Proofs.Mark(partition, new Position(7, 1_000), 500, 3);
            proofs.caughtUp("metrics", 2, mark);
            proofs.countTail("metrics", 2, List.of(mark));
        }
    }

    private static PartitionProgress partition(int number, long position, long head, double rate, double growth) {
        return new PartitionProgress(
                number,
                "1@here",
                new Position(7, position),
                head,
                Instant.now(),
                1,
                rate,
                growth,
                0,
                null,
                Instant.EPOCH);
    }

    private static String started() {
        Answer started = start("{\"projection\":\"metrics\"}");
        assertThat(started.status()).isEqualTo(202);
        return started.body().path("replayId").asText();
    }

    private static Answer start(String body) {
        return server.admin("POST", "/v1/replays", body);
    }

    private static Answer order(String id, String order) {
        return order(id, order, "{}");
    }

    private static Answer order(String id, String order, String body) {
        return server.send(
                "POST",
                "/v1/replays/" + id + "/" + order,
                server.admin(),
                "application/json",
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer get(String path) {
        return server.get(path, server.admin());
    }
}
