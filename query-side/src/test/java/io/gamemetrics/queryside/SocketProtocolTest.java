package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.web.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SocketProtocolTest {

    private static final String QUERY = "{ game(id: \"intendo\") { activePlayers(day: \"2015-01-01\") { dau } } }";
    private static final String TOKEN = QueryService.token("intendo", Role.ANALYST);
    private static final int MOST = 6;
    private static QueryService service;

    @BeforeAll
    static void start() {
        service = QueryService.start(Map.of(
                "gamemetrics.subscriptions.init-timeout", "1s",
                "gamemetrics.subscriptions.ping", "300ms",
                "gamemetrics.subscriptions.silence", "3s",
                "gamemetrics.subscriptions.recheck", "300ms",
                "gamemetrics.subscriptions.max-connections-per-caller", "" + MOST,
                "gamemetrics.subscriptions.max-operations", "2",
                "gamemetrics.allowed-origins", "https://studio.example"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_query_is_answered_and_completed() throws Exception {
        try (SocketClient client = SocketClient.open(service.port(), TOKEN)) {
            client.subscribe("q", QUERY);
            JsonNode next = client.expect("next");
            assertThat(next.path("id").asText()).isEqualTo("q");
            assertThat(next.at("/payload/data/game/activePlayers/dau").asInt()).isEqualTo(1);
            assertThat(client.expect("complete").path("id").asText()).isEqualTo("q");
        }
    }

    @Test
    void a_query_that_makes_no_sense_is_an_error_of_its_own_and_the_connection_goes_on() throws Exception {
        try (SocketClient client = SocketClient.open(service.port(), TOKEN)) {
            client.subscribe("bad", "{ nothing }");
            JsonNode error = client.expect("error");
            assertThat(error.path("id").asText()).isEqualTo("bad");
            assertThat(error.at("/payload/0/extensions/code").asText()).isEqualTo("BAD_INPUT");
            client.subscribe("q", QUERY);
            client.expect("next");
        }
    }

    @Test
    void the_token_may_come_as_a_header_comes() throws Exception {
        try (SocketClient client = SocketClient.open(service.port())) {
            client.send(Map.of("type", "connection_init", "payload", Map.of("Authorization", "Bearer " + TOKEN)));
            client.expect("connection_ack");
        }
    }

    @Test
    void who_breaks_the_protocol_is_told_how_by_the_close_code() throws Exception {
        assertThat(SocketClient.open(service.port()).subscribe("q", QUERY).closeCode())
                .isEqualTo(4401);
        assertThat(SocketClient.open(service.port()).send("{").closeCode()).isEqualTo(4400);
        assertThat(SocketClient.open(service.port())
                        .send(Map.of("type", "start"))
                        .closeCode())
                .isEqualTo(4400);
        assertThat(SocketClient.open(service.port(), TOKEN)
                        .send(Map.of("type", "subscribe", "payload", Map.of("query", QUERY)))
                        .closeCode())
                .isEqualTo(4400);
        assertThat(SocketClient.open(service.port(), TOKEN)
                        .send(Map.of("type", "subscribe", "id", "q", "payload", Map.of()))
                        .closeCode())
                .isEqualTo(4400);
        assertThat(SocketClient.open(service.port(), TOKEN)
                        .send(Map.of("type", "connection_init"))
                        .closeCode())
                .isEqualTo(4429);
        assertThat(SocketClient.open(service.port(), TOKEN)
                        .send("\"" + "x".repeat(70_000) + "\"")
                        .closeCode())
                .isEqualTo(1009);
        SocketClient binary = SocketClient.open(service.port());
        binary.sendBinary();
        assertThat(binary.closeCode()).isEqualTo(4400);
        assertThat(SocketClient.openWithoutProtocol(service.port()).closeCode()).isEqualTo(4406);
    }

    @Test
    void without_a_valid_token_nobody_stays() throws Exception {
        for (Map<String, String> payload : List.of(
                Map.of("token", "x.y.z"), Map.of("token", "gmk_read_unknown"), Map.of("token", ""), Map.of("a", "b"))) {
            SocketClient client = SocketClient.open(service.port());
            client.send(Map.of("type", "connection_init", "payload", payload));
            assertThat(client.closeCode()).as("%s", payload).isEqualTo(4403);
        }
        assertThat(SocketClient.open(service.port()).closeCode()).isEqualTo(4408);
    }

    @Test
    void who_does_not_answer_pings_is_ended_and_who_does_is_not() throws Exception {
        try (SocketClient deaf = SocketClient.open(service.port(), TOKEN);
                SocketClient polite = SocketClient.open(service.port(), TOKEN)) {
            while (deaf.isOpen()) {
                JsonNode message = polite.nextOrPing();
                assertThat(message.path("type").asText()).isEqualTo("ping");
                polite.send(Map.of("type", "pong"));
            }
            assertThat(deaf.closeCode()).isEqualTo(4504);
            assertThat(polite.isOpen()).isTrue();
            polite.send(Map.of("type", "ping"));
            polite.expect("pong");
        }
    }

    @Test
    void a_connection_ends_soon_after_its_key_was_revoked() throws Exception {
        QueryService.KEYS.put("gmk_read_mine_x", Role.READ);
        try (SocketClient client = SocketClient.open(service.port(), "gmk_read_mine_x")) {
            client.subscribe("q", QUERY);
            client.expect("next");
            QueryService.KEYS.remove("gmk_read_mine_x");
            assertThat(client.closeCode()).isEqualTo(4403);
        }
    }

    @Test
    void one_caller_has_so_many_connections_and_no_more() throws Exception {
        String token = QueryService.tokenOf("many", "intendo", Role.ANALYST);
        List<SocketClient> most = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            most.add(SocketClient.open(service.port(), token));
        }
        assertThat(SocketClient.open(service.port()).init(token).closeCode()).isEqualTo(4503);
        assertThat(most).allMatch(SocketClient::isOpen);
        most.forEach(SocketClient::close);
        // Places come back.
        for (int i = 0; i < 10; i++) {
            SocketClient again = SocketClient.open(service.port()).init(token);
            if (again.isAcknowledged()) {
                again.close();
                return;
            }
        }
        throw new AssertionError("no place came back");
    }

    @Test
    void pages_of_other_origins_may_not_open_one() {
        assertThat(SocketClient.statusFrom(service.port(), "https://studio.example"))
                .isEqualTo(101);
        assertThat(SocketClient.statusFrom(service.port(), "http://127.0.0.1:" + service.port()))
                .isEqualTo(101);
        assertThat(SocketClient.statusFrom(service.port(), "https://evil.example"))
                .isEqualTo(403);
    }
}
