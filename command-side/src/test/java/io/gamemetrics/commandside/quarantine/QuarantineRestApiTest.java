package io.gamemetrics.commandside.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.EmptyReplays;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.replays.QuarantineOrders;
import io.gamemetrics.infrastructure.replays.QuarantineOrders.Outcome;
import io.gamemetrics.infrastructure.replays.Quarantines;
import io.gamemetrics.infrastructure.replays.WaitingStream;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What operators see and order of streams that wait, over HTTP; what projections would do stands in the database. */
class QuarantineRestApiTest {

    private static final PGSimpleDataSource READ_MODELS = new PGSimpleDataSource();
    private static final Databases DATABASES = Databases.create();
    private static TestCommandSide server;
    private static UUID game;

    private final Quarantines quarantines = new Quarantines(READ_MODELS);
    private final QuarantineOrders orders = new QuarantineOrders(READ_MODELS);

    @BeforeAll
    static void start() throws SQLException {
        READ_MODELS.setUrl(TestPostgres.newDatabase());
        server = TestCommandSide.start(
                DATABASES,
                Map.of(
                        "gamemetrics.timescale.url",
                        READ_MODELS.getUrl(),
                        "gamemetrics.timescale.user",
                        TestPostgres.server().user(),
                        "gamemetrics.timescale.password",
                        TestPostgres.server().password()));
        server.createGame("waiting");
        game = streamOfAGame();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void beginAnew() throws SQLException {
        EmptyReplays.make(READ_MODELS);
    }

    @Test
    void what_waits_is_listed_page_by_page() {
        List<WaitingStream> all = IntStream.range(0, 5)
                .mapToObj(number -> waiting(UUID.randomUUID(), number + 1, "handler.failed"))
                .toList();
        quarantines.tell("metrics", 1, 0, all);
        quarantines.tell("players", 1, 0, List.of(waiting(game, 9, "payload.broken")));

        JsonNode first = get("/v1/quarantine?projection=metrics&first=3").body();
        assertThat(first.path("entries")).hasSize(3);
        assertThat(first.at("/entries/0/stream").asText())
                .isEqualTo(all.getFirst().stream().toString());
        assertThat(first.at("/entries/0/position").asText()).isEqualTo("7.1");
        JsonNode rest = get("/v1/quarantine?projection=metrics&first=3&after="
                        + first.path("after").asText())
                .body();
        assertThat(rest.path("entries")).hasSize(2);
        assertThat(rest.path("after").isNull()).isTrue();
        assertThat(get("/v1/quarantine?cause=payload.broken")
                        .body()
                        .at("/entries/0/projection")
                        .asText())
                .isEqualTo("players");
    }

    @Test
    void a_stream_is_inspected_by_place_type_and_size_alone() {
        quarantines.tell("metrics", 1, 0, List.of(waiting(game, 1, "handler.failed")));

        JsonNode inspected = get("/v1/quarantine/metrics/" + game).body().get(0);
        assertThat(inspected.at("/waiting/game").asInt()).isEqualTo(12);
        JsonNode event = inspected.at("/first/0");
        assertThat(event.path("cause").asText()).isEqualTo("handler.failed");
        assertThat(event.path("type").asText()).isNotEqualTo("unknown").isNotEmpty();
        assertThat(event.path("bytes").asInt()).isPositive();
        assertThat(event.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("position", "sequence", "type", "revision", "bytes", "storedAt", "cause");
        assertThat(get("/v1/quarantine/players/" + game).status()).isEqualTo(404);
        assertThat(get("/v1/quarantine/metrics/nonsense").status()).isEqualTo(404);
    }

    @Test
    void a_retry_is_an_order_whose_outcome_stays_readable() {
        quarantines.tell("metrics", 1, 0, List.of(waiting(game, 9, "handler.failed")));
        String id = ordered("retry", "{\"projection\":\"metrics\",\"stream\":\"" + game + "\"}");
        JsonNode open = get("/v1/quarantine/orders/" + id).body();
        assertThat(open.path("state").asText()).isEqualTo("OPEN");
        assertThat(open.path("actor").asText()).isEqualTo("tester");
        orders.done(
                orders.open("metrics", 1, Set.of(0, 1, 2, 3, 4, 5), 9)
                        .getFirst()
                        .target(),
                new Outcome(3, 0, null, null));

        JsonNode done = get("/v1/quarantine/orders/" + id).body();
        assertThat(done.path("state").asText()).isEqualTo("DONE");
        assertThat(done.path("applied").asLong()).isEqualTo(3);
        assertThat(done.at("/outcomes/0/state").asText()).isEqualTo("RELEASED");
        assertThat(get("/v1/quarantine/orders").body().at("/0/orderId").asText())
                .isEqualTo(id);
    }

    @Test
    void all_of_a_cause_are_retried_by_one_order_and_one_that_stopped_says_where() {
        quarantines.tell(
                "metrics",
                1,
                0,
                List.of(waiting(game, 9, "handler.failed"), waiting(UUID.randomUUID(), 11, "handler.failed")));
        String id = ordered("retry", "{\"projection\":\"metrics\",\"cause\":\"handler.failed\"}");
        List<QuarantineOrders.Open> open = orders.open("metrics", 1, Set.of(0, 1, 2, 3, 4, 5), 9);
        orders.done(open.getFirst().target(), new Outcome(1, 0, new Position(7, 10), "handler.failed"));
        orders.done(open.getLast().target(), new Outcome(1, 0, null, null));

        JsonNode order = get("/v1/quarantine/orders/" + id).body();
        assertThat(order.path("state").asText()).isEqualTo("STOPPED");
        assertThat(order.path("streams").asInt()).isEqualTo(2);
        assertThat(order.at("/outcomes/0/stoppedAt").asText()).isEqualTo("7.10");
    }

    @Test
    void a_skip_keeps_why() {
        quarantines.tell("metrics", 1, 0, List.of(waiting(game, 9, "handler.failed")));
        String id = ordered(
                "skip",
                "{\"projection\":\"metrics\",\"stream\":\"" + game
                        + "\",\"position\":\"7.9\",\"reason\":\" sent twice \"}");

        JsonNode order = get("/v1/quarantine/orders/" + id).body();
        assertThat(order.path("kind").asText()).isEqualTo("SKIP");
        assertThat(order.path("reason").asText()).isEqualTo("sent twice");
    }

    @Test
    void a_second_order_for_the_same_waits_until_the_first_is_done() {
        quarantines.tell("metrics", 1, 0, List.of(waiting(game, 9, "handler.failed")));
        String retry = "{\"projection\":\"metrics\",\"stream\":\"" + game + "\"}";
        ordered("retry", retry);

        assertRefused("retry", retry, 409, "quarantine.ordered");
    }

    @Test
    void which_event_is_passed_over_has_to_be_clear() {
        quarantines.tell("metrics", 1, 0, List.of(waiting(game, 9, "handler.failed")));
        quarantines.tell("metrics", 2, 0, List.of(waiting(game, 11, "handler.failed")));
        String begun = "{\"projection\":\"metrics\",\"reason\":\"why\",\"stream\":\"" + game + "\"";

        assertRefused("skip", begun + "}", 409, "quarantine.which");
        assertRefused("skip", begun + ",\"position\":\"7.10\"}", 409, "quarantine.otherEvent");
        ordered("skip", begun + ",\"position\":\"7.11\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry | {} | 422 | quarantine.field.invalid",
                "retry | {\"projection\":\"metrics\"} | 422 | quarantine.field.invalid",
                "retry | {\"projection\":\"metrics\",\"stream\":\"x\"} | 422 | quarantine.field.invalid",
                "retry | {\"projection\":\"metrics\",\"cause\":\"a b\"} | 422 | quarantine.field.invalid",
                "retry | {\"projection\":\"metrics\",\"cause\":\"payload.broken\"} | 404 | notFound",
                "retry | {\"projection\":\"x\",\"stream\":\"00000000-0000-0000-0000-000000000001\"} | 404 | notFound",
                "skip | {\"projection\":\"metrics\",\"stream\":\"00000000-0000-0000-0000-000000000001\"} | 422 |"
                        + " quarantine.field.invalid",
                "skip | {\"projection\":\"metrics\",\"stream\":\"00000000-0000-0000-0000-000000000001\",\"reason\":\" \"} |"
                        + " 422 | quarantine.field.invalid",
                "skip | {\"projection\":\"metrics\",\"stream\":\"00000000-0000-0000-0000-000000000001\",\"reason\":\"a\","
                        + "\"position\":\"x\"} | 422 | quarantine.field.invalid",
                "skip | nonsense | 400 | body.malformed"
            })
    void what_can_not_be_is_refused_with_its_reason(String kind, String body, int status, String code) {
        assertRefused(kind, body, status, code);
        assertThat(get("/v1/quarantine/orders").body()).isEmpty();
    }

    @Test
    void a_reason_has_an_end() {
        quarantines.tell("metrics", 1, 0, List.of(waiting(game, 9, "handler.failed")));
        String begun = "{\"projection\":\"metrics\",\"stream\":\"" + game + "\",\"reason\":\"";

        assertRefused("skip", begun + "x".repeat(501) + "\"}", 422, "quarantine.field.invalid");
        ordered("skip", begun + "x".repeat(500) + "\"}");
    }

    @ParameterizedTest
    @CsvSource({"first=0", "first=201", "first=x", "after=x", "projection=a%20b", "cause=%7B"})
    void a_parameter_of_the_wrong_form_is_refused(String query) {
        Answer refused = get("/v1/quarantine?" + query);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("code").asText()).isEqualTo("parameter.malformed");
    }

    @Test
    void only_operators_of_the_whole_platform_come_near() {
        String ofOneGame = server.person(Map.of("g", Set.of(Role.OPERATOR)));
        assertThat(server.get("/v1/quarantine", server.person(Map.of("*", Set.of(Role.OPERATOR))))
                        .status())
                .isEqualTo(200);
        for (String path : List.of(
                "/v1/quarantine",
                "/v1/quarantine/metrics/" + game,
                "/v1/quarantine/orders",
                "/v1/quarantine/orders/" + UUID.randomUUID())) {
            assertThat(server.get(path, ofOneGame).status()).isEqualTo(403);
            assertThat(server.get(path, null).status()).isEqualTo(401);
        }
        for (String kind : List.of("retry", "skip")) {
            assertThat(server.send("POST", "/v1/quarantine/" + kind, ofOneGame, "application/json", new byte[] {'{', '}'
                            })
                            .status())
                    .isEqualTo(403);
        }
    }

    private static WaitingStream waiting(UUID stream, long number, String cause) {
        return new WaitingStream(0, "", 0, 0, stream, 12, new Position(7, number), 0, 1, 1, cause, 3, Instant.EPOCH);
    }

    private static UUID streamOfAGame() throws SQLException {
        try (var connection = DriverManager.getConnection(DATABASES.store());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT stream FROM events WHERE sequence = 0 LIMIT 1")) {
            row.next();
            return row.getObject(1, UUID.class);
        }
    }

    private static String ordered(String kind, String body) {
        Answer ordered = server.admin("POST", "/v1/quarantine/" + kind, body);
        assertThat(ordered.status()).as(ordered.body().toString()).isEqualTo(202);
        return ordered.body().path("orderId").asText();
    }

    private static void assertRefused(String kind, String body, int status, String code) {
        Answer refused = server.admin("POST", "/v1/quarantine/" + kind, body);
        assertThat(refused.body().path("code").asText()).isEqualTo(code);
        assertThat(refused.status()).isEqualTo(status);
    }

    private static Answer get(String path) {
        return server.get(path, server.admin());
    }
}
