package io.gamemetrics.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.web.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Planted names and secrets are in no log, however talkative, and in no answer but the one that shows a new secret. */
@ExtendWith(OutputCaptureExtension.class)
class NothingLeaksTest {

    private static final String PLAYER = "planted-player";
    private static final String SESSION = "planted-session";
    private static final String MESSAGE = "planted-message";
    private static final String NAME = "planted-name";
    private static final String LINKED = "planted-linked";
    private static final List<String> PLANTED = List.of(PLAYER, SESSION, MESSAGE, NAME, LINKED);

    private final List<Answer> answers = new ArrayList<>();
    private TestCommandSide server;

    @BeforeEach
    void start() {
        server = TestCommandSide.start(
                TestCommandSide.Databases.create(),
                Map.of(
                        "logging.level.org.springframework.web", "DEBUG",
                        "logging.level.org.springframework.security", "DEBUG",
                        "logging.level.org.axonframework", "DEBUG",
                        "logging.level.io.gamemetrics", "DEBUG"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void neitherLogsNorAnswersRepeatWhatIsPersonalOrSecret(CapturedOutput output) {
        String key = server.createGame("intendo");
        String second = server.admin("POST", "/v1/games/intendo/keys", "{\"kind\":\"INGEST\",\"label\":\"second\"}")
                .body()
                .get("secret")
                .textValue();
        sendEvents(key);
        sendNonsense(key);
        misuseTokens(key, second);
        loseTheStore(key);
        String log = output.getAll();
        // The control: what the test looks through is the talkative log of these requests.
        assertThat(log)
                .contains("DEBUG")
                .contains("POST \"/v1/games/intendo/events")
                .contains("EventAnswer[");
        assertThat(log).contains("CreatedGame[").contains("CreatedKey[");
        assertThat(PLANTED)
                .allSatisfy(planted -> assertThat(linesWith(planted, log)).isEmpty());
        assertThat(linesWith(secretPart(key), log)).isEmpty();
        assertThat(linesWith(secretPart(second), log)).isEmpty();
        assertThat(linesWith(server.admin().substring(0, 60), log)).isEmpty();
        assertThat(answers).hasSizeGreaterThan(20).allSatisfy(answer -> {
            String body = new String(answer.response().body(), StandardCharsets.UTF_8);
            assertThat(PLANTED).allSatisfy(planted -> assertThat(body).doesNotContain(planted));
            assertThat(body).doesNotContain(secretPart(key)).doesNotContain(secretPart(second));
        });
    }

    /** Accepted, duplicate, conflicting, refused by a rule, refused by a field. */
    private void sendEvents(String key) {
        String error = event("e", "error_reported", ",\"severity\":\"error\",\"message\":\"" + MESSAGE + "\"");
        events(key, error);
        events(key, error);
        events(key, error.replace("\"severity\":\"error\"", "\"severity\":\"other\""));
        events(key, event("r", "player_registered", ",\"displayName\":\"" + NAME + "\""));
        events(key, event("c", "custom", ",\"name\":\"a\",\"fields\":{\"f\":\"" + MESSAGE + "\"}"));
        events(key, event("l", "player_linked", ",\"linkedPlayerId\":\"" + LINKED + "\""));
        events(key, event("l2", "player_linked", ",\"linkedPlayerId\":\"" + PLAYER + "\""));
        events(key, event("s1", "session_started", ""));
        events(key, event("s2", "session_started", ""));
        events(key, event("f", "session_started", "").replace("2026-", "9999-"));
        events(key, event("x", "purchase", ",\"itemId\":\"i\",\"itemType\":\"t\",\"currency\":\"" + NAME + "\""));
        events(key, event("y", "error_reported", ",\"severity\":7,\"message\":\"" + MESSAGE + "\""));
        events(key, event(PLAYER + " not an id", "custom", ",\"name\":\"a\""));
        events(key, event("z", MESSAGE, ""));
        events(key, event("w", "custom", ",\"name\":\"" + MESSAGE + "::\""));
        events(key, event("v", "custom", ",\"name\":\"" + MESSAGE.repeat(3_000) + "\""));
        events(key, "\"" + MESSAGE + "\"");
        answers.add(server.send(
                "POST",
                "/v1/games/intendo/events?validateOnly=true",
                key,
                "application/x-ndjson",
                event("n", "custom", ",\"name\":\"a\"").getBytes(StandardCharsets.UTF_8)));
    }

    /** Requests that are refused as a whole. */
    private void sendNonsense(String key) {
        answers.add(server.events("intendo", key, "[" + MESSAGE + "]"));
        answers.add(server.events("intendo", key, "[{\"playerId\":\"" + PLAYER + "\",oops]"));
        answers.add(server.events("intendo", key, "{\"" + MESSAGE + "\":[]}"));
        answers.add(server.events("intendo", key, "[\"" + MESSAGE.repeat(400_000) + "\"]"));
        for (String type : List.of("application/x-ndjson", "text/plain", "application/xml")) {
            byte[] body = ("{\"playerId\":\"" + PLAYER + "\",\n" + MESSAGE).getBytes(StandardCharsets.UTF_8);
            answers.add(server.send("POST", "/v1/games/intendo/events", key, type, body));
        }
        answers.add(server.send(
                "POST",
                "/v1/games/intendo/events",
                key,
                "application/json",
                ("[\"" + MESSAGE + "\"]").getBytes(StandardCharsets.UTF_8),
                "Content-Encoding",
                "gzip"));
        server.admin("PUT", "/v1/games/intendo/limits", "{\"eventsPerSecond\":1,\"burst\":1}");
        events(key, event("m1", "custom", ",\"name\":\"a\""));
        events(key, event("m2", "custom", ",\"name\":\"a\""));
        server.admin("PUT", "/v1/games/intendo/limits", "{}");
    }

    private void misuseTokens(String key, String second) {
        answers.add(server.admin("POST", "/v1/games/intendo/keys", "{\"kind\":\"" + second + "\"}"));
        answers.add(server.events("intendo", key + "x", "[]"));
        answers.add(server.events("other", key, "[]"));
        answers.add(server.get("/v1/games/intendo/keys", key));
        answers.add(server.get("/v1/games/intendo/keys", server.admin()));
        answers.add(server.get("/v1/games/intendo", server.person(Map.of("intendo", Set.of(Role.ANALYST)))));
    }

    /** A store that went away fails every request of the rest. */
    private void loseTheStore(String key) {
        server.context().getBean(EventStore.class).close();
        events(key, event("gone", "error_reported", ",\"severity\":\"error\",\"message\":\"" + MESSAGE + "\""));
        assertThat(answers.getLast().status()).isGreaterThanOrEqualTo(500);
    }

    private void events(String key, String event) {
        answers.add(server.events("intendo", key, "[" + event + "]"));
    }

    private static String event(String id, String type, String more) {
        return """
            {"eventId":"%s","type":"%s","playerId":"%s","sessionId":"%s","occurredAt":"2026-01-01T10:15:30Z"%s}""".formatted(id, type, PLAYER, SESSION, more);
    }

    private static List<String> linesWith(String planted, String log) {
        return log.lines().filter(line -> line.contains(planted)).toList();
    }

    /** After kind and id, which are no secret; the random part may hold underscores itself. */
    private static String secretPart(String key) {
        return key.split("_", 4)[3];
    }
}
