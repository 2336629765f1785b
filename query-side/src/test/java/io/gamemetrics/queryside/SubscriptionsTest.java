package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60) // seconds: a connection that falls silent is a failure and no standstill
class SubscriptionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = QueryService.token("intendo", Role.ANALYST);
    private static final String FIELDS = "{ position type name player platform country experiments"
            + " facts { name value } leftOut gap occurredAt }";
    private static LiveData data;
    private static QueryService service;

    @BeforeAll
    static void start() {
        data = new LiveData();
        service = QueryService.start(data.with(Map.of(
                "gamemetrics.subscriptions.ping", "200ms",
                "gamemetrics.subscriptions.recheck", "200ms",
                "gamemetrics.subscriptions.max-waiting", "200")));
    }

    @AfterAll
    static void stop() {
        service.close();
        data.close();
    }

    @Test
    void an_event_comes_with_all_that_may_be_shown_of_it() throws Exception {
        Position before = data.store(0);
        try (SocketClient client = SocketClient.open(service.port(), TOKEN)) {
            client.subscribe("e", events("after: \"" + before + "\""));
            Position at = data.store(1, QueryService.PLAYER, "gems5");
            JsonNode event = client.expect("next").at("/payload/data/events");
            ((com.fasterxml.jackson.databind.node.ObjectNode) event).remove("occurredAt");
            assertThat(event).isEqualTo(JSON.readTree("""
                    {"position":"%s","type":"purchase","name":null,"player":"%s","platform":"ios","country":"SE",
                     "experiments":["gate:gate_40"],"leftOut":0,"gap":false,
                     "facts":[{"name":"amountMicros","value":"4990000"},{"name":"itemId","value":"gems5"}]}
                    """.formatted(at, QueryService.PLAYER)));
        }
    }

    @Test
    void a_players_events_are_asked_for_by_the_id_that_the_caller_may_see() throws Exception {
        Position before = data.store(0);
        try (SocketClient client = SocketClient.open(service.port(), QueryService.READ_KEY)) {
            client.subscribe("p", events("playerId: \"p-17\", after: \"" + before + "\""));
            data.store(1, null, "nobodys");
            Position at = data.store(1, QueryService.PLAYER, "theirs");
            assertThat(client.expect("next").at("/payload/data/events/position").asText())
                    .isEqualTo(at.toString());
            client.subscribe("n", events("playerId: \"p-18\""));
            assertThat(client.expect("error").at("/payload/0/extensions/code").asText())
                    .isEqualTo("BAD_INPUT");
        }
    }

    @Test
    void more_than_the_sample_is_counted_and_not_sent() throws Exception {
        Position before = data.store(0);
        try (SocketClient client = SocketClient.open(service.port(), TOKEN)) {
            client.subscribe("s", events("sampleMax: 5, after: \"" + before + "\""));
            data.store(100);
            // Later events show that the seconds they were stored in are over.
            long all = 0;
            long passed = 0;
            while (all < 100) {
                JsonNode message = client.nextOrPing();
                if (message.path("type").asText().equals("next")) {
                    all += 1 + message.at("/payload/data/events/leftOut").asLong();
                    passed++;
                } else {
                    client.send(Map.of("type", "pong"));
                    data.store(1);
                }
            }
            assertThat(passed).isLessThanOrEqualTo(15);
        }
    }

    @Test
    void a_game_not_granted_and_one_that_does_not_exist_end_at_once() throws Exception {
        try (SocketClient client = SocketClient.open(service.port(), TOKEN)) {
            for (String game : List.of("other", "nowhere", "Not An Id")) {
                client.subscribe(game, events("").replace("intendo", game));
                assertThat(client.expect("complete").path("id").asText()).isEqualTo(game);
                client.subscribe(game, metricsChanged("").replace("intendo", game));
                assertThat(client.expect("complete").path("id").asText()).isEqualTo(game);
            }
        }
        try (SocketClient client = SocketClient.open(service.port(), QueryService.INGEST_KEY)) {
            client.subscribe("i", events(""));
            assertThat(client.expect("error").at("/payload/0/extensions/code").asText())
                    .isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void arguments_outside_their_limits_are_bad_input() throws Exception {
        try (SocketClient client = SocketClient.open(service.port(), TOKEN)) {
            for (String arguments :
                    List.of("sampleMax: 0", "sampleMax: 1001", "types: []", "after: \"x\"", "playerId: 5")) {
                client.subscribe("b", events(arguments));
                assertThat(client.expect("error")
                                .at("/payload/0/extensions/code")
                                .asText())
                        .as(arguments)
                        .isEqualTo("BAD_INPUT");
            }
            client.subscribe("o", events("after: \"2.0\""));
            assertThat(client.expect("error").at("/payload/0/extensions/code").asText())
                    .isEqualTo("POSITION_TOO_OLD");
        }
    }

    @Test
    void changed_numbers_are_told_and_who_was_away_is_told_once() throws Exception {
        Position before = data.count(1, "intendo");
        try (SocketClient client = SocketClient.open(service.port(), TOKEN)) {
            client.subscribe("m", metricsChanged("after: \"" + before + "\""));
            Position at = data.count(1, "intendo");
            assertThat(client.expect("next")
                            .at("/payload/data/metricsChanged/position")
                            .asText())
                    .isEqualTo(at.toString());
            client.send(Map.of("type", "complete", "id", "m"));
            data.count(1, "intendo");
            Position last = data.count(1, "intendo");
            client.subscribe("away", metricsChanged("after: \"" + at + "\""));
            client.subscribe("there", metricsChanged("after: \"" + last + "\""));
            JsonNode notice = client.expect("next");
            assertThat(notice.path("id").asText()).isEqualTo("away");
            assertThat(notice.at("/payload/data/metricsChanged/position").asText())
                    .isEqualTo(last.toString());
            Position another = data.count(2, "other");
            assertThat(another.number()).isEqualTo(last.number() + 1);
            data.count(1, "intendo");
            assertThat(List.of(
                            client.expect("next").path("id").asText(),
                            client.expect("next").path("id").asText()))
                    .containsExactlyInAnyOrder("away", "there");
        }
    }

    @Test
    void a_lost_connection_to_the_database_loses_no_change() throws Exception {
        Position before = data.count(1, "intendo");
        try (SocketClient client = SocketClient.open(service.port(), TOKEN);
                Connection connection = DriverManager.getConnection(data.database);
                Statement statement = connection.createStatement()) {
            client.subscribe("m", metricsChanged("after: \"" + before + "\""));
            data.count(1, "intendo");
            client.expect("next");
            for (int round = 0; round < 3; round++) {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE query LIKE 'LISTEN %' AND datname = current_database()");
                Position at = data.count(1, "intendo");
                // Rather told again than not at all.
                while (!client.expect("next")
                        .at("/payload/data/metricsChanged/position")
                        .asText()
                        .equals(at.toString())) {}
            }
        }
    }

    @Test
    void a_changed_board_is_told_and_after_a_lost_connection_everybody_is_told_once() throws Exception {
        String changed =
                "subscription { leaderboardChanged(gameId: \"intendo\", leaderboardId: \"a|b\", after: \"1.1\")"
                        + " { leaderboardId position } }";
        try (SocketClient client = SocketClient.open(service.port(), TOKEN)) {
            client.subscribe("l", changed);
            JsonNode atOnce = client.expect("next").at("/payload/data/leaderboardChanged");
            assertThat(atOnce.path("leaderboardId").asText()).isEqualTo("a|b");
            data.boardChanged("other", new Position(1, 6));
            data.boardChanged("a|b", new Position(1, 7));
            assertThat(client.expect("next")
                            .at("/payload/data/leaderboardChanged/position")
                            .asText())
                    .isEqualTo("1.7");
            data.breakListeners();
            client.expect("next");
            data.boardChanged("a|b", new Position(1, 8));
            assertThat(client.expect("next")
                            .at("/payload/data/leaderboardChanged/position")
                            .asText())
                    .isEqualTo("1.8");
        }
    }

    @Test
    void who_reads_a_socket_more_slowly_than_events_come_is_ended_and_told_so() throws Exception {
        Position before = data.store(0);
        try (SocketClient slow = SocketClient.openDeaf(service.port(), TOKEN)) {
            slow.subscribe("s", events("sampleMax: 1000, after: \"" + before + "\""));
            storeUntilEnded();
            assertThat(slow.reading().closeCode()).isEqualTo(4509);
        }
        assertOthersAreServed();
    }

    @Test
    void who_reads_a_stream_more_slowly_than_events_come_is_ended_and_told_so() throws Exception {
        Position before = data.store(0);
        try (EventStream slow =
                EventStream.open(service, TOKEN, events("sampleMax: 1000, after: \"" + before + "\""))) {
            storeUntilEnded();
            EventStream.Sent last = slow.next();
            while (last.name().equals("next")) {
                last = slow.next();
            }
            assertThat(last.name()).isEqualTo("error");
            assertThat(QueryService.code(last.data())).isEqualTo("TOO_SLOW");
            assertThat(slow.isOver()).isTrue();
        }
        assertOthersAreServed();
    }

    /** What was missed is many times what is kept for one connection. */
    @Test
    void who_comes_back_after_many_events_and_reads_them_as_they_come_is_not_too_slow() throws Exception {
        Position before = data.store(0);
        for (int i = 0; i < 4; i++) {
            data.store(200, QueryService.PLAYER, "x".repeat(5_000));
        }
        Position last = data.store(0);
        try (SocketClient client = SocketClient.open(service.port(), TOKEN)) {
            client.subscribe("s", events("sampleMax: 1000, after: \"" + before + "\""));
            Position at = before;
            while (at.number() < last.number()) {
                JsonNode event = client.expect("next").at("/payload/data/events");
                Position next = Position.parse(event.path("position").asText());
                assertThat(next.number())
                        .isEqualTo(at.number() + 1 + event.path("leftOut").asLong());
                at = next;
            }
        }
    }

    /** Long texts fill what the system keeps for a connection, then what we keep; then nobody follows any more. */
    private static void storeUntilEnded() {
        while (service.followers() == 0) {
            Thread.onSpinWait();
        }
        while (service.followers() > 0) {
            data.store(100, QueryService.PLAYER, "x".repeat(20_000));
        }
    }

    private static void assertOthersAreServed() throws Exception {
        Position before = data.store(0);
        try (SocketClient next = SocketClient.open(service.port(), TOKEN)) {
            next.subscribe("s", events("after: \"" + before + "\""));
            Position at = data.store(1);
            assertThat(next.expect("next").at("/payload/data/events/position").asText())
                    .isEqualTo(at.toString());
        }
    }

    @Test
    void a_subscription_asked_for_as_a_query_is_bad_input() throws Exception {
        JsonNode answer = service.ask(TOKEN, events(""));
        assertThat(QueryService.code(answer)).isEqualTo("BAD_INPUT");
    }

    @Test
    void a_stream_gives_events_and_goes_on_where_the_last_one_ended() throws Exception {
        Position before = data.store(0);
        String last = before.toString();
        for (int round = 0; round < 3; round++) {
            try (EventStream stream = EventStream.open(service, TOKEN, events("after: \"" + last + "\""))) {
                Position at = data.store(1);
                EventStream.Sent event = stream.next();
                assertThat(event.name()).isEqualTo("next");
                assertThat(event.data().at("/data/events/position").asText()).isEqualTo(at.toString());
                last = at.toString();
            }
            data.store(0);
        }
    }

    @Test
    void a_streams_failure_is_a_result_with_errors_and_then_the_end() throws Exception {
        try (EventStream stream = EventStream.open(service, TOKEN, events("after: \"2.0\""))) {
            EventStream.Sent failure = stream.next();
            assertThat(failure.name()).isEqualTo("next");
            assertThat(QueryService.code(failure.data())).isEqualTo("POSITION_TOO_OLD");
            assertThat(stream.next().name()).isEqualTo("complete");
            assertThat(stream.isOver()).isTrue();
        }
    }

    @Test
    void a_query_may_be_answered_as_a_stream() throws Exception {
        try (EventStream stream = EventStream.open(service, TOKEN, "{ game(id: \"intendo\") { id } }")) {
            assertThat(stream.next().data().at("/data/game/id").asText()).isEqualTo("intendo");
            assertThat(stream.next().name()).isEqualTo("complete");
        }
    }

    @Test
    void a_stream_ends_with_an_error_soon_after_its_key_was_revoked() throws Exception {
        QueryService.KEYS.put("gmk_read_stream_x", Role.READ);
        try (EventStream stream = EventStream.open(service, "gmk_read_stream_x", events(""))) {
            QueryService.KEYS.remove("gmk_read_stream_x");
            EventStream.Sent end = stream.next();
            assertThat(end.name()).isEqualTo("error");
            assertThat(QueryService.code(end.data())).isEqualTo("UNAUTHENTICATED");
            assertThat(stream.isOver()).isTrue();
        }
    }

    @Test
    void streams_that_are_left_give_their_places_back_and_past_the_last_one_the_answer_is_503() throws Exception {
        Map<String, String> few = data.with(
                Map.of("gamemetrics.subscriptions.ping", "50ms", "gamemetrics.subscriptions.max-connections", "4"));
        try (QueryService small = QueryService.start(few)) {
            for (int round = 0; round < 2; round++) {
                List<EventStream> open = new ArrayList<>();
                while (open.size() < 4) {
                    EventStream stream = EventStream.open(small, TOKEN, events(""));
                    // Whether the last round's are gone shows when something is sent to them.
                    assertThat(stream.status()).isIn(200, 503);
                    if (stream.status() == 200) {
                        open.add(stream);
                    }
                }
                try (EventStream fifth = EventStream.open(small, TOKEN, events(""));
                        SocketClient socket = SocketClient.open(small.port())) {
                    assertThat(fifth.status()).isEqualTo(503);
                    assertThat(socket.closeCode()).isEqualTo(4503);
                }
                open.forEach(EventStream::close);
            }
        }
    }

    private static String events(String arguments) {
        return "subscription { events(gameId: \"intendo\", " + arguments + ") " + FIELDS + " }";
    }

    private static String metricsChanged(String arguments) {
        return "subscription { metricsChanged(gameId: \"intendo\", " + arguments + ") { position from to } }";
    }
}
