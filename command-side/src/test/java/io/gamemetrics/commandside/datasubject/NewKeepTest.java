package io.gamemetrics.commandside.datasubject;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.web.Role;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request may ask to be kept, over HTTP. */
@ExtendWith(SharedCommandSide.class)
class NewKeepTest {

    private static final String REQUESTS = "/v1/data-subject-requests";
    private static final String UNTIL = "2033-12-31";

    private TestCommandSide server;
    private String game;
    private String privacy;

    @BeforeEach
    void createGame() {
        server = SharedCommandSide.server();
        game = SharedCommandSide.newGame();
        server.createGame(game);
        privacy = server.person(Map.of(game, Set.of(Role.PRIVACY)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'EXPORT','subjects':[{'gameId':'G','playerId':'p-named'}],'keep':[{'kind':'PURCHASES','until':'2033-12-31','ground':'a law'}]}|request.keep.unsupported|/keep",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p-named'}],'keep':[{'kind':'SESSIONS','until':'2033-12-31','ground':'a law'}]}|request.keep.unsupported|/keep/0/kind",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p-named'}],'keep':[{'until':'2033-12-31','ground':'a law'}]}|request.keep.unsupported|/keep/0/kind",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p-named'}],'keep':[{'kind':'PURCHASES','ground':'a law'}]}|request.field.invalid|/keep/0/until",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p-named'}],'keep':[{'kind':'PURCHASES','until':'31.12.2033','ground':'a law'}]}|request.field.invalid|/keep/0/until",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p-named'}],'keep':[{'kind':'PURCHASES','until':'2033-02-30','ground':'a law'}]}|request.field.invalid|/keep/0/until",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p-named'}],'keep':[{'kind':'PURCHASES','until':'2020-12-31','ground':'a law'}]}|request.field.invalid|/keep/0/until",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p-named'}],'keep':[{'kind':'PURCHASES','until':'2099-12-31','ground':'a law'}]}|request.field.invalid|/keep/0/until",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p-named'}],'keep':[{'kind':'PURCHASES','until':'2033-12-31'}]}|request.field.invalid|/keep/0/ground",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p-named'}],'keep':[{'kind':'PURCHASES','until':'2033-12-31','ground':' '}]}|request.field.invalid|/keep/0/ground",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p-named'}],'keep':[{'kind':'PURCHASES','until':'2033-12-31','ground':'a claim of p-named'}]}|request.field.invalid|/keep/0/ground",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p-named'}],'keep':[null]}|request.field.invalid|/keep/0",
                "{'type':'ERASURE','subjects':[{'gameId':'G','playerId':'p-named'}],'keep':[{'kind':'PURCHASES','until':'2033-12-31','ground':'a law'},{'kind':'PURCHASES','until':'2033-12-31','ground':'a law'}]}|request.field.invalid|/keep",
            })
    void whatIsWrongIsToldByCodeAndPointer(String body, String code, String pointer) {
        Answer answer = post(body.replace('\'', '"').replace("\"G\"", "\"" + game + "\""));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("code").asText()).isEqualTo(code);
        assertThat(answer.body().get("pointer").textValue()).isEqualTo(pointer);
        assertThat(answer.body().toString()).doesNotContain("p-named");
        assertThat(server.get("/v1/problems/" + code, privacy).status()).isEqualTo(200);
    }

    @Test
    void aGroundHasTwoHundredCharactersAtTheMost() {
        assertThat(post(keeping(UNTIL, "x".repeat(201))).status()).isEqualTo(422);
        assertThat(post(keeping(UNTIL, "x".repeat(200))).status()).isEqualTo(201);
    }

    @Test
    void itIsADayToComeInTheGamesOwnZone() {
        String zone = "Pacific/Kiritimati";
        server.admin("PATCH", "/v1/games/" + game, "{\"timeZone\":\"" + zone + "\"}");
        LocalDate today = LocalDate.now(ZoneId.of(zone));
        assertThat(post(keeping(today.toString(), "a law")).status()).isEqualTo(422);
        assertThat(post(keeping(today.plusDays(2).toString(), "a law")).status())
                .isEqualTo(201);
    }

    @Test
    void whoLooksAtTheRequestSeesItAndNoListDoes() {
        String id = post(keeping(UNTIL, "a law nobody reads"))
                .body()
                .get("requestId")
                .textValue();
        assertThat(server.get(REQUESTS + "/" + id, privacy).body().get("keep").toString())
                .isEqualTo("[{\"kind\":\"PURCHASES\",\"until\":\"2033-12-31\",\"ground\":\"a law nobody reads\"}]");
        assertThat(server.get(REQUESTS, privacy).body().toString()).contains(id).doesNotContain("nobody reads");
    }

    private String keeping(String until, String ground) {
        return "{\"type\":\"ERASURE\",\"subjects\":[{\"gameId\":\"" + game + "\",\"playerId\":\"anna\"}],"
                + "\"keep\":[{\"kind\":\"PURCHASES\",\"until\":\"" + until + "\",\"ground\":\"" + ground + "\"}]}";
    }

    private Answer post(String body) {
        return server.send("POST", REQUESTS, privacy, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }
}
