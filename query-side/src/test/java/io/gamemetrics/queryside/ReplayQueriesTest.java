package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Occasion;
import io.gamemetrics.infrastructure.replays.Offers;
import io.gamemetrics.infrastructure.replays.PartitionProgress;
import io.gamemetrics.infrastructure.replays.Progress;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.Replays;
import io.gamemetrics.infrastructure.replays.ReplaysSchema;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.projections.gamesstore.GamesStore;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** What operators see of replays; what projections would tell stands in the database. */
@Timeout(60) // seconds: a subscription that falls silent is a failure and no standstill
class ReplayQueriesTest {

    private static final String OPERATOR = QueryService.token("*", Role.OPERATOR);
    private static final String REPLAY = "{ replayId projection version replaces phase paused position head percent"
            + " eventsPerSecond etaSeconds neverCatchesUp lagSeconds proof { ranges proved mismatches }"
            + " limitEventsPerSecond switch begunAt endedAt problem actions { at actor action detail } }";
    private static final String DATABASE = TestPostgres.newDatabase();
    private static final PGSimpleDataSource READ_MODELS = new PGSimpleDataSource();
    private static QueryService service;

    private final Replays replays = new Replays(READ_MODELS);
    private JsonNode shown = MissingNode.getInstance();

    @BeforeAll
    static void start() {
        READ_MODELS.setUrl(DATABASE);
        GamesStore.migrate(READ_MODELS);
        service = QueryService.startOn(DATABASE, Map.of());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void beginAnew() throws Exception {
        ReplaysSchema.drop(READ_MODELS);
        ReplaysSchema.migrate(READ_MODELS);
        new Versions(READ_MODELS).register(new KnownProjection("metrics", 2, true, 1));
    }

    @Test
    void a_replay_is_told_as_it_is_over_rest() throws Exception {
        UUID id = started(new ReplayWish(500, ReplayWish.SwitchWhen.MANUAL, null, null, ReplayPart.whole()));
        tell(2, 400, 1_000, 90, 10);

        JsonNode replay = ask("{ replay(id: \"" + id + "\") " + REPLAY + " }").at("/data/replay");
        assertThat(replay.path("replayId").asText()).isEqualTo(id.toString());
        assertThat(replay.path("projection").asText()).isEqualTo("metrics");
        assertThat(replay.path("version").asInt()).isEqualTo(2);
        assertThat(replay.path("replaces").asInt()).isEqualTo(1);
        assertThat(replay.path("phase").asText()).isEqualTo("READING");
        assertThat(replay.path("position").asText()).isEqualTo("7.400");
        assertThat(replay.path("head").asText()).isEqualTo("7.1000");
        assertThat(replay.path("percent").asDouble()).isEqualTo(40);
        assertThat(replay.path("eventsPerSecond").asInt()).isEqualTo(180);
        assertThat(replay.path("etaSeconds").asLong()).isEqualTo(4);
        assertThat(replay.path("neverCatchesUp").asBoolean()).isFalse();
        assertThat(replay.path("limitEventsPerSecond").asInt()).isEqualTo(500);
        assertThat(replay.path("switch").asText()).isEqualTo("MANUAL");
        assertThat(replay.path("proof").toString()).isEqualTo("{\"ranges\":0,\"proved\":0,\"mismatches\":0}");
        assertThat(replay.at("/actions/0/actor").asText()).isEqualTo("tester");
        assertThat(ask("{ replays { replayId } }")
                        .at("/data/replays/0/replayId")
                        .asText())
                .isEqualTo(id.toString());
    }

    @Test
    void what_never_arrives_is_another_thing_than_what_nobody_knows_yet() throws Exception {
        UUID id = started(ReplayWish.manual());
        String query = "{ replay(id: \"" + id + "\") { etaSeconds neverCatchesUp } }";
        assertThat(ask(query).at("/data/replay").toString())
                .isEqualTo("{\"etaSeconds\":null,\"neverCatchesUp\":false}");
        tell(2, 400, 1_000, 5, 10);

        assertThat(ask(query).at("/data/replay").toString()).isEqualTo("{\"etaSeconds\":null,\"neverCatchesUp\":true}");
        replays.pause(id, "tester");
        assertThat(ask(query).at("/data/replay").toString())
                .isEqualTo("{\"etaSeconds\":null,\"neverCatchesUp\":false}");
    }

    @Test
    void a_projection_whose_processes_died_looks_dead() throws Exception {
        tell(1, 900, 1_000, 50, 10);
        try (var connection = READ_MODELS.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE replays.progress SET told_at = told_at - interval '5 minutes',"
                    + " as_of = as_of - interval '5 minutes'");
        }

        JsonNode metrics =
                ask("{ projections { name rebuildable version lagSeconds eventsPerSecond instances quarantined"
                                + " problems versions { number state position lagSeconds eventsPerSecond instances quarantined"
                                + " problems } } }")
                        .at("/data/projections/0");
        assertThat(metrics.path("name").asText()).isEqualTo("metrics");
        assertThat(metrics.path("version").asInt()).isEqualTo(1);
        assertThat(metrics.path("instances").asInt()).isZero();
        assertThat(metrics.path("eventsPerSecond").asInt()).isZero();
        assertThat(metrics.path("lagSeconds").asLong()).isGreaterThanOrEqualTo(300);
        assertThat(metrics.at("/versions/0/state").asText()).isEqualTo("ACTIVE");
        assertThat(metrics.at("/versions/0/position").asText()).isEqualTo("7.900");
    }

    @Test
    void what_is_offered_stands_with_its_projection() throws Exception {
        new Offers(READ_MODELS)
                .offer("metrics", 1, new Occasion(Occasion.Reason.TIME_ZONE, "intendo", null, "Days are gone."));

        JsonNode offers = ask("{ projections { offers { offerId reason game board since version detail } } }")
                .at("/data/projections/0/offers");
        assertThat(offers).hasSize(1);
        assertThat(offers.at("/0/reason").asText()).isEqualTo("TIME_ZONE");
        assertThat(offers.at("/0/game").asText()).isEqualTo("intendo");
        assertThat(offers.at("/0/board").isNull()).isTrue();
        assertThat(offers.at("/0/version").asInt()).isEqualTo(1);
        assertThat(offers.at("/0/detail").asText()).isEqualTo("Days are gone.");
    }

    @Test
    void over_a_socket_it_is_followed_to_its_end() throws Exception {
        UUID id = started(ReplayWish.manual());
        try (SocketClient client = SocketClient.open(service.port(), OPERATOR)) {
            client.subscribe("r", progress(id.toString()));
            assertThat(next(client).path("percent").asDouble()).isZero();
            tell(2, 400, 1_000, 90, 10);
            assertThat(next(client).path("percent").asDouble()).isEqualTo(40);
            tell(2, 1_000, 1_000, 90, 10);
            assertThat(next(client).path("percent").asDouble()).isEqualTo(100);
            replays.caughtUp(id, 1_000);
            assertThat(next(client).path("phase").asText()).isEqualTo("FOLLOWING");
            for (int partition = 0; partition < 2; partition++) {
                Proofs.Mark mark = new Proofs.Mark(partition, new Position(7, 1_000), 500, 3);
                new Proofs(READ_MODELS).caughtUp("metrics", 2, mark);
                new Proofs(READ_MODELS).countTail("metrics", 2, List.of(mark));
            }
            assertThat(next(client).at("/proof/proved").asInt()).isEqualTo(1);
            replays.switchOver(id, "tester");
            assertThat(next(client).path("phase").asText()).isEqualTo("SWITCHED");
            replays.drop(id, "tester");
            assertThat(next(client).path("phase").asText()).isEqualTo("DONE");
            assertThat(client.expect("complete").path("id").asText()).isEqualTo("r");

            shown = MissingNode.getInstance();
            client.subscribe("again", progress(id.toString()));
            assertThat(next(client).path("phase").asText()).isEqualTo("DONE");
            assertThat(client.expect("complete").path("id").asText()).isEqualTo("again");
        }
    }

    @Test
    void over_server_sent_events_too() throws Exception {
        UUID id = started(ReplayWish.manual());
        try (EventStream stream = EventStream.open(service, OPERATOR, progress(id.toString()))) {
            assertThat(stream.next().data().at("/data/replayProgress/phase").asText())
                    .isEqualTo("READING");
            replays.cancel(id, "tester");
            assertThat(stream.next().data().at("/data/replayProgress/phase").asText())
                    .isEqualTo("CANCELLED");
            assertThat(stream.next().name()).isEqualTo("complete");
        }
    }

    @Test
    void a_database_that_is_away_for_a_while_ends_nothing() throws Exception {
        UUID id = started(ReplayWish.manual());
        try (SocketClient client = SocketClient.open(service.port(), OPERATOR)) {
            client.subscribe("r", progress(id.toString()));
            next(client);
            try (var connection = READ_MODELS.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("ALTER SCHEMA replays RENAME TO away");
                client.subscribe("second", progress(id.toString()));
                assertThat(client.expect("error")
                                .at("/payload/0/extensions/code")
                                .asText())
                        .isEqualTo("UNAVAILABLE");
                statement.execute("ALTER SCHEMA away RENAME TO replays");
            }
            tell(2, 400, 1_000, 90, 10);
            assertThat(next(client).path("percent").asDouble()).isEqualTo(40);
        }
    }

    @Test
    void a_replay_nobody_knows_is_null_and_can_not_be_followed() throws Exception {
        for (String id : List.of(UUID.randomUUID().toString(), "nonsense")) {
            assertThat(ask("{ replay(id: \"" + id + "\") { phase } }").toString())
                    .contains("{\"replay\":null}");
            try (SocketClient client = SocketClient.open(service.port(), OPERATOR)) {
                client.subscribe("r", progress(id));
                assertThat(client.expect("error")
                                .at("/payload/0/extensions/code")
                                .asText())
                        .isEqualTo("NOT_FOUND");
            }
        }
    }

    @Test
    void only_operators_of_every_game_come_near() throws Exception {
        UUID id = started(ReplayWish.manual());
        for (String token : List.of(
                QueryService.token("*", Role.ANALYST, Role.SUPPORT), QueryService.token("intendo", Role.OPERATOR))) {
            for (String query : List.of(
                    "{ projections { name } }", "{ replays { phase } }", "{ replay(id: \"" + id + "\") { phase } }")) {
                assertThat(QueryService.code(service.ask(token, query))).isEqualTo("FORBIDDEN");
            }
            try (SocketClient client = SocketClient.open(service.port(), token)) {
                client.subscribe("r", progress(id.toString()));
                assertThat(client.expect("error")
                                .at("/payload/0/extensions/code")
                                .asText())
                        .isEqualTo("FORBIDDEN");
            }
        }
        assertThat(QueryService.code(ask("{ replays(first: 101) { phase } }"))).isEqualTo("BAD_INPUT");
    }

    private static JsonNode ask(String query) throws Exception {
        return service.ask(OPERATOR, query);
    }

    private static String progress(String id) {
        return "subscription { replayProgress(id: \"" + id + "\", after: \"7.1\") { phase percent proof { proved } } }";
    }

    /** The next notice that shows something else than the one before: each second all are one second further behind. */
    private JsonNode next(SocketClient client) throws InterruptedException {
        JsonNode notice = client.expect("next").at("/payload/data/replayProgress");
        while (notice.equals(shown)) {
            notice = client.expect("next").at("/payload/data/replayProgress");
        }
        shown = notice;
        return notice;
    }

    private UUID started(ReplayWish wish) {
        return replays.start("metrics", wish, "tester").id();
    }

    /** What two partitions' instances would tell, who have what was stored in the last hour. */
    private static void tell(int version, long at, long head, double rate, double growth) {
        new Progress(READ_MODELS)
                .tell(
                        "metrics",
                        version,
                        List.of(partition(0, at, head, rate, growth), partition(1, at, head, rate, growth)));
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
}
