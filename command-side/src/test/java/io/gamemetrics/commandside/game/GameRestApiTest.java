package io.gamemetrics.commandside.game;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.web.Role;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Games and their settings over HTTP, on real servers. */
@ExtendWith(SharedCommandSide.class)
class GameRestApiTest {

    private static TestCommandSide server;

    private String game;
    private String path;
    private String key;

    @BeforeAll
    static void start() {
        server = SharedCommandSide.server();
    }

    @BeforeEach
    void createGame() {
        game = SharedCommandSide.newGame();
        path = "/v1/games/" + game;
        key = server.createGame(game);
    }

    @Test
    void aGameBeginsWithTheDefaults() {
        JsonNode document = server.get(path, server.admin()).body();
        assertThat(document.get("name").textValue()).isEqualTo(game);
        assertThat(document.get("timeZone").textValue()).isEqualTo("UTC");
        assertThat(document.get("currency").textValue()).isEqualTo("USD");
        assertThat(document.get("activeBy").textValue()).isEqualTo("ANY_EVENT");
        assertThat(document.get("stage").textValue()).isEqualTo("LIVE");
    }

    @Test
    void aGameIsCreatedOnce() {
        code(server.admin("POST", "/v1/games", "{\"gameId\":\"" + game + "\"}"), 409, "game.exists");
    }

    @ParameterizedTest
    @CsvSource({"gameId, 'a b'", "name, ''", "timeZone, Mars/Olympus", "currency, XX", "activeBy, NEVER", "stage, DRAFT"
    })
    void whatIsNotAllowedIsToldByItsField(String field, String value) {
        String body = field.equals("gameId")
                ? "{\"gameId\":\"" + value + "\"}"
                : "{\"gameId\":\"" + game + "-new\",\"" + field + "\":\"" + value + "\"}";
        Answer answer = server.admin("POST", "/v1/games", body);
        code(answer, 422, "field.invalid");
        assertThat(answer.body().get("pointer").textValue()).isEqualTo("/" + field);
        assertThat(server.get("/v1/games/" + game + "-new", server.admin()).status())
                .isEqualTo(404);
    }

    @Test
    void aChangeTakesWhatItNamesAndLeavesTheRest() {
        JsonNode changed = server.admin(
                        "PATCH",
                        path,
                        "{\"name\":\"New\",\"timeZone\":\"Asia/Kolkata\",\"activeBy\":\"SESSION_START\"}")
                .body();
        assertThat(changed.get("name").textValue()).isEqualTo("New");
        assertThat(changed.get("timeZone").textValue()).isEqualTo("Asia/Kolkata");
        assertThat(changed.get("currency").textValue()).isEqualTo("USD");
        assertThat(changed.get("activeBy").textValue()).isEqualTo("SESSION_START");
        assertThat(server.get(path, server.admin()).body()).isEqualTo(changed);
        code(server.admin("PATCH", path, "{\"currency\":\"XX\"}"), 422, "field.invalid");
        code(server.admin("PATCH", "/v1/games/never-made", "{}"), 404, "notFound");
    }

    @Test
    void exchangeRatesAreExact() {
        JsonNode rates = server.admin("PUT", path + "/exchange-rates/2026-11-22", "{\"EUR\":\"1.0832\",\"JPY\":0.0065}")
                .body();
        assertThat(rates.get("EUR").decimalValue()).isEqualByComparingTo("1.0832");
        assertThat(rates.get("JPY").decimalValue()).isEqualByComparingTo("0.0065");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-22 | {\"USD\":\"1\"} | exchangeRate.ownCurrency",
                "2026-11-22 | {\"EUR\":\"0\"} | exchangeRate.notPositive",
                "2026-11-22 | {\"EUR\":\"-1\"} | exchangeRate.notPositive",
                "2026-11-22 | {\"EUR\":\"much\"} | field.invalid",
                "2026-11-22 | {\"XX\":\"1\"} | field.invalid",
                "2026-11-22 | {\"EUR\":\"0.0000000000001\"} | field.invalid",
                "today | {\"EUR\":\"1\"} | field.invalid"
            })
    void ratesThatCannotBeAreRefused(String day, String body, String code) {
        code(server.admin("PUT", path + "/exchange-rates/" + day, body), 422, code);
    }

    @Test
    void limitsAreShownAndTakenBack() {
        server.admin("PUT", path + "/limits", "{\"eventsPerSecond\":7,\"burst\":9}");
        JsonNode limits = server.get(path, server.admin()).body().get("limits");
        assertThat(limits.get("eventsPerSecond").intValue()).isEqualTo(7);
        assertThat(limits.get("burst").intValue()).isEqualTo(9);
        server.admin("PUT", path + "/limits", "{}");
        assertThat(server.get(path, server.admin()).body().get("limits")).isEmpty();
        code(server.admin("PUT", path + "/limits", "{\"eventsPerSecond\":0}"), 422, "limit.notPositive");
    }

    @Test
    void theGamesLimitOfOnePlayersMinuteHolds() {
        server.admin("PUT", path + "/limits", "{\"playerEventsPerMinute\":2}");
        String events = event("a") + "," + event("b") + "," + event("c");
        JsonNode answer = server.events(game, key, "[" + events + "]").body();
        assertThat(answer.get("problems").findValuesAsText("code")).containsExactly("player.tooMany");
    }

    @Test
    void leaderboardsAreDefinedAndDefinedAnew() {
        server.admin("PUT", path + "/leaderboards/top", "{}");
        Answer answer = server.admin(
                "PUT", path + "/leaderboards/top", "{\"operator\":\"SUM\",\"order\":\"ASC\",\"reset\":\"WEEKLY\"}");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode boards = server.get(path, server.admin()).body().get("leaderboards");
        assertThat(boards).containsExactly(answer.body());
        assertThat(answer.body().get("operator").textValue()).isEqualTo("SUM");
        code(server.admin("PUT", path + "/leaderboards/top", "{\"operator\":\"WORST\"}"), 422, "field.invalid");
    }

    @Test
    void onlyAdministratorsChangeGames() {
        String analyst = server.person(Map.of(game, Set.of(Role.ANALYST), "game-of-theirs", Set.of(Role.OPERATOR)));
        byte[] create = "{\"gameId\":\"game-of-theirs\"}".getBytes(StandardCharsets.UTF_8);
        code(server.send("POST", "/v1/games", analyst, "application/json", create), 403, "access.forbidden");
        code(server.send("POST", "/v1/games", key, "application/json", create), 403, "access.forbidden");
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        for (String token : new String[] {analyst, key}) {
            code(server.send("PATCH", path, token, "application/json", empty), 403, "access.forbidden");
            code(server.send("PUT", path + "/limits", token, "application/json", empty), 403, "access.forbidden");
            code(
                    server.send("PUT", path + "/leaderboards/top", token, "application/json", empty),
                    403,
                    "access.forbidden");
            code(
                    server.send("PUT", path + "/exchange-rates/2026-11-22", token, "application/json", empty),
                    403,
                    "access.forbidden");
        }
    }

    @Test
    void aGameIsSeenOnlyByThoseWhoHaveToDoWithIt() {
        String stranger = server.person(Map.of("elsewhere", Set.of(Role.ANALYST)));
        code(server.get(path, stranger), 404, "notFound");
        assertThat(server.get("/v1/games", stranger).body()).isEmpty();
        String analyst = server.person(Map.of(game, Set.of(Role.ANALYST)));
        assertThat(server.get("/v1/games", analyst).body().findValuesAsText("gameId"))
                .containsExactly(game);
        assertThat(server.get("/v1/games", server.admin()).body().findValuesAsText("gameId"))
                .contains(game);
        code(server.get("/v1/games", null), 401, "auth.missing");
    }

    private static String event(String id) {
        return "{\"eventId\":\"" + id + "\",\"type\":\"custom\",\"name\":\"x\",\"playerId\":\"p\","
                + "\"occurredAt\":\"2026-01-01T10:15:30Z\"}";
    }

    private static void code(Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.body().get("code").textValue()).isEqualTo(code);
    }
}
