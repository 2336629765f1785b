package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.AuditChain;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.web.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests over HTTP, on real servers. */
@ExtendWith(SharedCommandSide.class)
class DataSubjectsRestApiTest {

    private static final String REQUESTS = "/v1/data-subject-requests";

    private TestCommandSide server;
    private String game;
    private String privacy;
    private PostgresVault vault;

    @BeforeEach
    void createGame() {
        server = SharedCommandSide.server();
        game = SharedCommandSide.newGame();
        server.createGame(game);
        privacy = server.person(Map.of(game, Set.of(Role.PRIVACY)));
        vault = server.context().getBean(PostgresVault.class);
    }

    @Test
    void aRequestIsDueInAMonthAndGoesItsWayOnEveryReplica() {
        Answer made = post(privacy, "", erasure("anna-o-neil", ",\"receivedAt\":\"2026-01-31T12:00:00Z\""));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().get("dueAt").textValue()).isEqualTo("2026-02-28T12:00:00Z");
        String id = made.body().get("requestId").textValue();

        JsonNode request =
                SharedCommandSide.replica().get(REQUESTS + "/" + id, privacy).body();
        assertThat(request.get("phase").textValue()).isEqualTo("RECEIVED");
        assertThat(request.at("/subjects/0/playerId").textValue()).isEqualTo("anna-o-neil");
        assertThat(request.at("/subjects/0/phase").textValue()).isEqualTo("WAITING");
        assertThat(request.get("reason").textValue()).isEqualTo("asked by mail");

        assertThat(code(post(privacy, "/" + id + "/execute", ""))).isEqualTo("request.identity.unconfirmed");
        assertThat(phase(post(privacy, "/" + id + "/confirm-identity", "{\"how\":\"signed in\"}")))
                .isEqualTo("IDENTITY_CONFIRMED");
        assertThat(phase(post(privacy, "/" + id + "/hold", "{\"reason\":\"a court\"}")))
                .isEqualTo("HELD");
        assertThat(code(post(privacy, "/" + id + "/execute", ""))).isEqualTo("request.held");
        assertThat(phase(post(privacy, "/" + id + "/release", ""))).isEqualTo("IDENTITY_CONFIRMED");
        assertThat(code(post(privacy, "/" + id + "/extend", "{\"reason\":\"holidays\"}")))
                .as("in time only")
                .isEqualTo("request.extension.late");
        assertThat(phase(post(privacy, "/" + id + "/refuse", "{\"reason\":\"nobody of ours\"}")))
                .isEqualTo("REFUSED");
        assertThat(code(post(privacy, "/" + id + "/execute", ""))).isEqualTo("request.over");
    }

    @Test
    void aDueDateHasNoFractions() {
        assertThat(post(privacy, "", erasure("anna", "")).body().get("dueAt").textValue())
                .matches("[0-9T:-]+Z");
    }

    @Test
    void aPageIsFullOfWhatOneMaySee() {
        String first = made(privacy, erasure("anna", ""));
        String second = made(privacy, erasure("bert", ""));
        assertThat(server.get(REQUESTS + "?first=1", privacy).body().findValuesAsText("requestId"))
                .containsExactly(first);
        assertThat(server.get(REQUESTS + "?first=2", privacy).body().findValuesAsText("requestId"))
                .containsExactly(first, second);
        assertThat(server.get(REQUESTS + "?first=2&after=" + first, privacy)
                        .body()
                        .findValuesAsText("requestId"))
                .containsExactly(second);
    }

    @Test
    void itIsExtendedOnce() {
        String id = made(privacy, erasure("anna", ""));
        Answer extended = post(privacy, "/" + id + "/extend", "{\"reason\":\"very many\"}");
        assertThat(extended.status()).isEqualTo(200);
        assertThat(extended.body().get("extended").booleanValue()).isTrue();
        Instant received = Instant.parse(extended.body().get("receivedAt").textValue());
        assertThat(Instant.parse(extended.body().get("dueAt").textValue()))
                .isEqualTo(received.atZone(ZoneOffset.UTC).plusMonths(3).toInstant());
        assertThat(code(post(privacy, "/" + id + "/extend", "{\"reason\":\"more\"}")))
                .isEqualTo("request.extended");
        String other = made(privacy, erasure("bert", ""));
        assertThat(code(post(
                        privacy, "/" + other + "/extend", "{\"reason\":\"long\",\"until\":\"2099-01-01T00:00:00Z\"}")))
                .isEqualTo("request.extension.length");
        assertThat(code(post(privacy, "/" + other + "/extend", "{\"until\":\"2099-01-01T00:00:00Z\"}")))
                .isEqualTo("request.field.invalid");
    }

    @Test
    void aKeyMakesARequestOfItsOwnGameAndDoesNothingElse() {
        String key = key("SUBJECT_REQUEST");
        String other = SharedCommandSide.newGame();
        server.createGame(other);

        String id = made(key, erasure("anna", ""));

        assertThat(server.get(REQUESTS + "/" + id, key).status()).isEqualTo(403);
        assertThat(server.get(REQUESTS, key).status()).isEqualTo(403);
        for (String step : List.of("execute", "release")) {
            assertThat(post(key, "/" + id + "/" + step, "").status()).as(step).isEqualTo(403);
        }
        assertThat(post(key, "/" + id + "/refuse", "{\"reason\":\"x\"}").status())
                .isEqualTo(403);
        assertThat(server.send("DELETE", "/v1/games/" + game + "/players/anna", key, null, new byte[0])
                        .status())
                .isEqualTo(403);
        assertThat(post(key, "", request("[" + subject(other, "anna") + "]", ""))
                        .status())
                .as("another game's")
                .isEqualTo(404);
        assertThat(post(key("INGEST"), "", erasure("anna", "")).status()).isEqualTo(403);
    }

    @Test
    void onlyWhoHasThePrivacyRoleInEachGameSeesARequest() {
        String other = SharedCommandSide.newGame();
        server.createGame(other);
        String both = server.person(Map.of(game, Set.of(Role.PRIVACY), other, Set.of(Role.PRIVACY)));
        String id = made(both, request("[" + subject(game, "anna") + "," + subject(other, "anna") + "]", ""));

        assertThat(server.get(REQUESTS + "/" + id, both).status()).isEqualTo(200);
        assertThat(server.get(REQUESTS + "/" + id, privacy).status()).isEqualTo(404);
        assertThat(server.get(REQUESTS + "/" + id, server.person(Map.of("*", Set.of(Role.OPERATOR))))
                        .status())
                .isEqualTo(403);
        assertThat(post(privacy, "/" + id + "/execute", "").status()).isEqualTo(404);
        assertThat(server.get(REQUESTS + "/" + UUID.randomUUID(), privacy).status())
                .isEqualTo(404);
        assertThat(server.get(REQUESTS + "?first=200", both).body().findValuesAsText("requestId"))
                .containsExactly(id);
        assertThat(server.get(REQUESTS + "?first=200", both).body().toString()).doesNotContain("anna");
        assertThat(server.get(REQUESTS + "?first=200", privacy).body()).isEmpty();
        assertThat(server.get(REQUESTS + "?first=0", privacy).status()).isEqualTo(400);
    }

    @Test
    void whoHasThePrivacyRoleNowhereMayNotList() {
        long before = vault.audit().head().entries();
        String operator = server.person(Map.of("*", Set.of(Role.OPERATOR)));
        assertThat(server.get(REQUESTS, operator).status()).isEqualTo(403);
        assertThat(vault.audit().head().entries()).isEqualTo(before);
        assertThat(server.get(REQUESTS, server.admin()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|request.type.unsupported|/type",
                "{'type':'RECTIFICATION','subjects':[{'gameId':'G','playerId':'p'}]}|request.type.unsupported|/type",
                "{'type':'ERASURE'}|request.subjects.number|/subjects",
                "{'type':'ERASURE','subjects':[]}|request.subjects.number|/subjects",
                "{'type':'ERASURE','subjects':[null]}|request.field.invalid|/subjects/0",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p'},{'gameId':'G','playerId':'p'}]}|request.subjects.number|/subjects/1",
                "{'type':'ERASURE','subjects':[{'gameId':'G'}]}|request.field.invalid|/subjects/0",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':''}]}|request.field.invalid|/subjects/0",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p'}],'receivedAt':'yesterday'}|request.field.invalid|/receivedAt",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p'}],'receivedAt':'2099-01-01T00:00:00Z'}|request.field.invalid|/receivedAt",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p'}],'identity':{'confirmed':true}}|request.field.invalid|/identity/how",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p'}],'reason':' '}|request.field.invalid|/reason",
            })
    void whatIsWrongIsToldByCodeAndPointer(String body, String code, String pointer) {
        Answer answer = post(privacy, "", body.replace('\'', '"').replace("\"G\"", "\"" + game + "\""));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(code(answer)).isEqualTo(code);
        assertThat(answer.body().get("pointer").textValue()).isEqualTo(pointer);
        assertThat(server.get("/v1/problems/" + code, privacy).status()).isEqualTo(200);
    }

    @Test
    void aThousandSubjectsAreOneRequestAndOneMoreIsRefused() {
        assertThat(post(privacy, "", request(subjects(1_001), "")).status()).isEqualTo(422);
        String id = made(privacy, request(subjects(1_000), ""));
        assertThat(server.get(REQUESTS + "/" + id, privacy).body().get("subjects"))
                .hasSize(1_000);
    }

    @Test
    void eachStepIsInTheAuditAndTheEventsNameNobody() {
        AuditChain audit = vault.audit();
        long before = audit.head().entries();
        String id = made(privacy, erasure("anna-o-neil", ""));
        server.get(REQUESTS + "/" + id, privacy);
        post(privacy, "/" + id + "/confirm-identity", "{\"how\":\"passport of Anna O'Neil\"}");
        post(privacy, "/" + id + "/hold", "{\"reason\":\"for Anna\"}");

        assertThat(audit.head().entries()).isEqualTo(before + 4);
        assertThat(audit.verify().intact()).isTrue();
        String events = server.context()
                .getBean(io.gamemetrics.infrastructure.eventstore.EventCodec.class)
                .decode(server.context().getBean(EventStore.class).readStream(UUID.fromString(id), 0, 10))
                .toString();
        assertThat(events).contains("RequestHeld").doesNotContain("nna");
        assertThat(vault.requestSecrets().find(UUID.fromString(id), "words.hold"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"readmit", ""})
    void onlyThePrivacyRoleErasesAndReadmits(String path) {
        String method = path.isEmpty() ? "DELETE" : "POST";
        String address = "/v1/games/" + game + "/players/anna" + (path.isEmpty() ? "" : "/" + path);
        for (Role role : List.of(Role.OPERATOR, Role.SUPPORT, Role.ANALYST)) {
            assertThat(server.send(method, address, server.person(Map.of(game, Set.of(role))), null, new byte[0])
                            .status())
                    .as("%s", role)
                    .isEqualTo(403);
        }
        String stranger = server.person(Map.of("another", Set.of(Role.PRIVACY)));
        assertThat(server.send(method, address, stranger, null, new byte[0]).status())
                .isEqualTo(404);
    }

    @Test
    void aPlayerIsErasedTheShortWay() {
        Answer erased = server.send("DELETE", "/v1/games/" + game + "/players/anna", privacy, null, new byte[0]);
        assertThat(erased.status()).isEqualTo(202);
        String id = erased.body().get("requestId").textValue();
        assertThat(server.get(REQUESTS + "/" + id, privacy).body().get("phase").textValue())
                .isEqualTo("EXECUTING");
        assertThat(code(server.send("POST", "/v1/games/" + game + "/players/bert/readmit", privacy, null, new byte[0])))
                .isEqualTo("player.notErased");
    }

    private String key(String kind) {
        return server.admin("POST", "/v1/games/" + game + "/keys", "{\"kind\":\"" + kind + "\"}")
                .body()
                .get("secret")
                .textValue();
    }

    private String made(String token, String body) {
        Answer answer = post(token, "", body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.body().get("requestId").textValue();
    }

    private Answer post(String token, String path, String body) {
        return server.send("POST", REQUESTS + path, token, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static String code(Answer answer) {
        return answer.body().path("code").asText();
    }

    private static String phase(Answer answer) {
        return answer.body().path("phase").asText();
    }

    private String erasure(String player, String more) {
        return request("[" + subject(game, player) + "]", more);
    }

    private String subjects(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> subject(game, "player-" + i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String request(String subjects, String more) {
        return "{\"type\":\"ERASURE\",\"subjects\":" + subjects + ",\"reason\":\"asked by mail\"" + more + "}";
    }

    private static String subject(String game, String player) {
        return "{\"gameId\":\"" + game + "\",\"playerId\":\"" + player + "\"}";
    }
}
