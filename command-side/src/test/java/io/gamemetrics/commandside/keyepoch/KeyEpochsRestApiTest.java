package io.gamemetrics.commandside.keyepoch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.web.Role;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCommandSide.class)
class KeyEpochsRestApiTest {

    private final TestCommandSide server = SharedCommandSide.server();

    @Test
    void aKeyIsFollowedByAnotherOneAndDestroyedWhileEventsComeIn() {
        String game = SharedCommandSide.newGame();
        String key = server.createGame(game);
        assertThat(server.events(game, key, "[" + event("a", "anna") + "]").status())
                .isEqualTo(200);
        int before = last().get("epoch").intValue();
        assertThat(last().get("state").textValue()).isEqualTo("CURRENT");
        assertThat(last().get("wraps").longValue()).isGreaterThanOrEqualTo(3);

        Answer begun = send("POST", "/v1/key-epochs", server.admin());
        assertThat(begun.status()).isEqualTo(201);
        int epoch = begun.body().get("epoch").intValue();
        assertThat(epoch).isEqualTo(before + 1);
        assertThat(code(send("DELETE", "/v1/key-epochs/" + epoch, server.admin())))
                .isEqualTo("keyEpoch.current");
        assertThat(code(send("DELETE", "/v1/key-epochs/" + before, server.admin())))
                .isEqualTo("keyEpoch.wraps");
        assertThat(server.events(game, key, "[" + event("b", "bert") + "]").status())
                .isEqualTo(200);

        Answer rewrapped = send("POST", "/v1/key-epochs/rewrap", server.admin());
        assertThat(rewrapped.body().get("rewrapped").longValue()).isPositive();
        assertThat(rewrapped.body().has("next")).isFalse();
        assertThat(send("DELETE", "/v1/key-epochs/" + before, server.admin()).status())
                .isEqualTo(204);

        assertThat(server.events(game, key, "[" + event("c", "anna") + "]").status())
                .isEqualTo(200);
        PostgresVault vault = server.context().getBean(PostgresVault.class);
        assertThat(vault.audit().verify().intact()).isTrue();
        assertThat(last().get("epoch").intValue()).isEqualTo(epoch);
        JsonNode destroyed = list().body().get(list().body().size() - 2);
        assertThat(destroyed.get("state").textValue()).isEqualTo("DESTROYED");
        assertThat(destroyed.get("fileHere").booleanValue()).isFalse();
    }

    @Test
    void whoDoesNotAdministerEveryGameMayDoNothing() {
        String person = server.person(Map.of("*", Set.of(Role.OPERATOR, Role.PRIVACY, Role.ANALYST)));

        assertThat(send("GET", "/v1/key-epochs", person).status()).isEqualTo(403);
        assertThat(send("POST", "/v1/key-epochs", person).status()).isEqualTo(403);
        assertThat(send("POST", "/v1/key-epochs/rewrap", person).status()).isEqualTo(403);
        assertThat(send("DELETE", "/v1/key-epochs/1", person).status()).isEqualTo(403);
    }

    @Test
    void whatIsNoEpochAndNoPlaceIsSaid() {
        assertThat(send("DELETE", "/v1/key-epochs/999", server.admin()).status())
                .isEqualTo(404);
        assertThat(send("POST", "/v1/key-epochs/rewrap?from=here", server.admin())
                        .status())
                .isEqualTo(400);
    }

    private Answer list() {
        return send("GET", "/v1/key-epochs", server.admin());
    }

    private JsonNode last() {
        JsonNode all = list().body();
        return all.get(all.size() - 1);
    }

    private Answer send(String method, String path, String token) {
        return server.send(method, path, token, null, new byte[0]);
    }

    private static String code(Answer answer) {
        assertThat(answer.status()).isEqualTo(409);
        return answer.body().get("code").textValue();
    }

    private static String event(String id, String player) {
        return "{\"eventId\":\"" + id + "\",\"type\":\"session_started\",\"playerId\":\"" + player
                + "\",\"sessionId\":\"s" + id + "\",\"occurredAt\":\"2026-01-01T10:00:00Z\"}";
    }
}
