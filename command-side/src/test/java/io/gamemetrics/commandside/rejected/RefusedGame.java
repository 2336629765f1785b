package io.gamemetrics.commandside.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.web.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A command side with a new game for each test, whose events may be refused. */
@ExtendWith(SharedCommandSide.class)
abstract class RefusedGame {

    static final String PLAYER = "planted-player";

    static TestCommandSide.Databases databases;
    static TestCommandSide server;

    String game;
    String key;
    String operator;

    @BeforeAll
    static void start() {
        databases = SharedCommandSide.databases();
        server = SharedCommandSide.server();
    }

    @BeforeEach
    void createGame() {
        game = SharedCommandSide.newGame();
        key = server.createGame(game);
        operator = server.person(Map.of(game, Set.of(Role.OPERATOR)));
    }

    Answer send(String... events) {
        Answer answer = server.events(game, key, "[" + String.join(",", events) + "]");
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    Answer get(String path) {
        return server.get("/v1/games/" + game + "/rejected-events" + path, operator);
    }

    Answer resubmit(String token, String json) {
        return server.send(
                "POST",
                "/v1/games/" + game + "/rejected-events/resubmit",
                token,
                "application/json",
                json.getBytes(StandardCharsets.UTF_8));
    }

    JsonNode resubmit(String json) {
        Answer answer = resubmit(operator, json);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    String firstId() {
        return get("").body().at("/entries/0/id").textValue();
    }

    List<String> codes() {
        return get("?first=200").body().get("entries").findValuesAsText("code");
    }

    static String counts(JsonNode answer) {
        return answer.get("accepted") + "/" + answer.get("duplicates") + "/" + answer.get("rejected");
    }

    static String purchase(String id, String currency) {
        return """
            {"eventId":"%s","type":"purchase","playerId":"%s","occurredAt":"2026-01-01T10:15:30Z","itemId":"gems5",\
            "itemType":"iap","currency":"%s","amountMicros":4990000}""".formatted(id, PLAYER, currency);
    }
}
