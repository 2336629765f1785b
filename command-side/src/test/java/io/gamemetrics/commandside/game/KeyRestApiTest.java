package io.gamemetrics.commandside.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.web.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A game's keys over HTTP, on two replicas that share their databases. */
@ExtendWith(SharedCommandSide.class)
class KeyRestApiTest {

    private static TestCommandSide.Databases databases;
    private static TestCommandSide server;
    private static TestCommandSide replica;

    private String game;
    private String keys;
    private String first;

    @BeforeAll
    static void start() {
        databases = SharedCommandSide.databases();
        server = SharedCommandSide.server();
        replica = SharedCommandSide.replica();
    }

    @BeforeEach
    void createGame() {
        game = SharedCommandSide.newGame();
        keys = "/v1/games/" + game + "/keys";
        first = server.createGame(game);
    }

    @Test
    void aKeyIsShownOnceAndListedWithoutItsSecret() {
        JsonNode made = issue("{\"kind\":\"INGEST\",\"label\":\"ci\"}").body();
        String secret = made.get("secret").textValue();
        assertThat(secret).startsWith("gmk_ingest_" + made.get("keyId").textValue() + "_");
        assertThat(server.events(game, secret, "[]").status()).isEqualTo(200);
        Answer list = server.get(keys, server.admin());
        assertThat(list.body()).hasSize(2);
        JsonNode listed = list.body().get(1);
        assertThat(listed.get("keyId")).isEqualTo(made.get("keyId"));
        assertThat(listed.get("label").textValue()).isEqualTo("ci");
        assertThat(Instant.parse(listed.get("lastUsedAt").textValue()))
                .isAfterOrEqualTo(Instant.parse(listed.get("createdAt").textValue()));
        assertThat(list.body().toString()).doesNotContain(secret.split("_", 4)[3]);
    }

    @Test
    void theLastUseOfAKeyOutlivesTheReplicaThatSawIt() {
        assertThat(server.events(game, first, "[]").status()).isEqualTo(200);
        assertThat(lastUsedAt(replica)).isEmpty();
        KeyUses uses = server.context().getBean(KeyUses.class);
        assertThat(uses.write()).isPositive();
        assertThat(uses.write()).isZero();
        String seen = lastUsedAt(server);
        assertThat(seen).isNotEmpty();
        assertThat(lastUsedAt(replica)).isEqualTo(seen);

        try (TestCommandSide brief = TestCommandSide.start(databases)) {
            assertThat(lastUsedAt(brief)).isEqualTo(seen);
            assertThat(brief.events(game, first, "[]").status()).isEqualTo(200);
        }
        assertThat(Instant.parse(lastUsedAt(replica))).isAfter(Instant.parse(seen));
    }

    private String lastUsedAt(TestCommandSide side) {
        return side.get(keys, side.admin()).body().at("/0/lastUsedAt").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INGEST", "READ", "SUBJECT_REQUEST"})
    void eachKindHasItsPrefix(String kind) {
        assertThat(issue("{\"kind\":\"" + kind + "\"}").body().get("secret").textValue())
                .startsWith("gmk_" + kind.toLowerCase(java.util.Locale.ROOT) + "_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"kind\":\"MASTER\"}", "{\"kind\":\"READ\",\"expiresAt\":\"soon\"}"})
    void aKeyThatCannotBeIsRefused(String body) {
        code(issue(body), 422, "field.invalid");
    }

    @Test
    void aKeyIsNotBornExpired() {
        code(issue("{\"kind\":\"READ\",\"expiresAt\":\"2026-01-01T00:00:00Z\"}"), 422, "key.expired");
    }

    @Test
    void anExpiredKeyIsNobodys() {
        Instant soon = Instant.now().plusSeconds(2);
        String secret = issue("{\"kind\":\"INGEST\",\"expiresAt\":\"" + soon + "\"}")
                .body()
                .get("secret")
                .textValue();
        await().until(() -> server.events(game, secret, "[]").status() == 401);
        assertThat(Instant.now()).isAfterOrEqualTo(soon);
        assertThat(server.events(game, first, "[]").status()).isEqualTo(200);
    }

    @Test
    void aRevokedKeyIsNobodysHereAtOnceAndElsewhereSoon() {
        JsonNode made = issue("{\"kind\":\"INGEST\"}").body();
        String secret = made.get("secret").textValue();
        assertThat(replica.events(game, secret, "[]").status()).isEqualTo(200);
        String path = keys + "/" + made.get("keyId").textValue();
        assertThat(server.send("DELETE", path, server.admin(), null, new byte[0])
                        .status())
                .isEqualTo(204);
        code(server.events(game, secret, "[]"), 401, "auth.invalid");
        await().until(() -> replica.events(game, secret, "[]").status() == 401);
        assertThat(server.events(game, first, "[]").status()).isEqualTo(200);
        assertThat(server.get(keys, server.admin()).body()).hasSize(1);
        code(server.send("DELETE", path, server.admin(), null, new byte[0]), 404, "notFound");
    }

    @Test
    void onlyAdministratorsHaveToDoWithKeys() {
        byte[] body = "{\"kind\":\"READ\"}".getBytes(StandardCharsets.UTF_8);
        String operator = server.person(Map.of(game, Set.of(Role.OPERATOR)));
        String stranger = server.person(Map.of("elsewhere", Set.of(Role.ADMIN)));
        for (String token : new String[] {operator, first}) {
            code(server.send("POST", keys, token, "application/json", body), 403, "access.forbidden");
            code(server.get(keys, token), 403, "access.forbidden");
            code(server.send("DELETE", keys + "/x", token, null, new byte[0]), 403, "access.forbidden");
        }
        code(server.send("POST", keys, stranger, "application/json", body), 404, "notFound");
        code(server.get(keys, stranger), 404, "notFound");
    }

    private Answer issue(String body) {
        return server.admin("POST", keys, body);
    }

    private static void code(Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.body().get("code").textValue()).isEqualTo(code);
    }
}
