package io.gamemetrics.commandside.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.replays.Occasion;
import io.gamemetrics.infrastructure.replays.Offers;
import io.gamemetrics.infrastructure.replays.Replays;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.replays.Room;
import io.gamemetrics.infrastructure.replays.Rooms;
import io.gamemetrics.infrastructure.web.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators do with replays, over HTTP; what projections would do stands in the database. */
class ReplayRestApiTest extends OverReplays {

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
}
