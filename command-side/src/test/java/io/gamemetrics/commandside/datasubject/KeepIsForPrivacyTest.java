package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.web.Role;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who only asks can neither have something kept, nor stand in the way of an erasure, nor learn of other requests. */
@ExtendWith(SharedCommandSide.class)
class KeepIsForPrivacyTest {

    private static final String CONFIRMED = ",\"identity\":{\"confirmed\":true,\"how\":\"signed in\"}";

    private TestCommandSide server;
    private String game;
    private String privacy;
    private String key;

    @BeforeEach
    void createGame() {
        server = SharedCommandSide.server();
        game = SharedCommandSide.newGame();
        server.createGame(game);
        privacy = server.person(Map.of(game, Set.of(Role.PRIVACY)));
        key = server.admin("POST", "/v1/games/" + game + "/keys", "{\"kind\":\"SUBJECT_REQUEST\"}")
                .body()
                .get("secret")
                .textValue();
    }

    @Test
    void aKeyHasNothingKept() {
        assertThat(erase(key, keep()).status()).isEqualTo(403);
        assertThat(erase(key, "").status()).isEqualTo(201);
    }

    @Test
    void aKeyIsNotToldOfAnotherRequest() {
        assertThat(erase(privacy, CONFIRMED + keep()).status()).isEqualTo(201);
        assertThat(erase(privacy, CONFIRMED).status()).isEqualTo(409);
        Answer asked = erase(key, "");
        assertThat(asked.status()).as("%s", asked.body()).isEqualTo(201);
        String request = asked.body().get("requestId").textValue();

        assertThat(step(request, "confirm-identity", "{\"how\":\"by mail\"}").status())
                .isEqualTo(200);
        assertThat(step(request, "execute", "").status())
                .as("who executes it is told")
                .isEqualTo(409);
    }

    @Test
    void somebodyWhoIsNotConfirmedIsInNobodysWay() {
        assertThat(erase(privacy, keep()).status()).isEqualTo(201);
        assertThat(erase(privacy, CONFIRMED).status()).isEqualTo(201);
    }

    private static String keep() {
        return ",\"keep\":[{\"kind\":\"PURCHASES\",\"until\":\""
                + LocalDate.now(ZoneOffset.UTC).plusYears(5) + "\",\"ground\":\"section 147\"}]";
    }

    private Answer erase(String token, String more) {
        return post(
                token,
                "",
                "{\"type\":\"ERASURE\",\"subjects\":[{\"gameId\":\"" + game + "\",\"playerId\":\"anna\"}]" + more
                        + "}");
    }

    private Answer step(String request, String step, String body) {
        return post(privacy, "/" + request + "/" + step, body);
    }

    private Answer post(String token, String path, String body) {
        return server.send(
                "POST",
                "/v1/data-subject-requests" + path,
                token,
                "application/json",
                body.getBytes(StandardCharsets.UTF_8));
    }
}
