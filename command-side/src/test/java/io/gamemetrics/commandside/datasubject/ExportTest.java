package io.gamemetrics.commandside.datasubject;

import static io.gamemetrics.commandside.datasubject.Played.event;
import static io.gamemetrics.commandside.datasubject.Played.registered;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.eventcatalog.StoredRemainder;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Exports on a real command side; the read models' part is played by this test. */
class ExportTest extends PlayedGame {

    @Test
    void allThatIsHeldOfAPersonIsGivenAndNothingOfAnybodyElse() throws Exception {
        playing.send(registered("a1", "anna-o-neil", "=HYPERLINK(1)"), event("g1", "guest-7"), event("b1", "bert-b"));
        playing.send(registered("b2", "bert-b", "Bert of Elsewhere"));
        playing.send(
                event("bad", "anna-o-neil").replace("first", ""),
                event("bad", "bert-b").replace("first", ""));
        playing.send("{\"eventId\":\"l\",\"type\":\"player_linked\",\"playerId\":\"anna-o-neil\","
                + "\"linkedPlayerId\":\"guest-7\",\"occurredAt\":\"2026-01-01T10:15:30Z\"}");
        String request = playing.request("EXPORT", "anna-o-neil");
        assertThat(code(playing.get("/" + request + "/export"))).isEqualTo("request.export.missing");

        JsonNode ready = execute(request, "anna-o-neil");
        assertThat(ready.at("/subjects/0/phase").textValue()).isEqualTo("EXPORTED");
        Instant until = Instant.parse(ready.get("availableUntil").textValue());
        assertThat(until)
                .isBetween(Instant.now().plus(Duration.ofDays(6)), Instant.now().plus(Duration.ofDays(7)));
        Answer answer = playing.get("/" + request + "/export");

        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(answer.response().headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"export-" + request + ".zip\"");
        assertThat(answer.response().headers().firstValue("Cache-Control")).contains("no-store");
        Map<String, String> files = ReadModelsPart.unzipped(answer);
        String folder = "0-" + playing.game + "/";
        assertThat(files.keySet())
                .containsExactlyInAnyOrder(
                        "README.txt",
                        "manifest.json",
                        folder + "players.json",
                        folder + "players.csv",
                        folder + "events.json",
                        folder + "events.csv",
                        folder + "refused-events.json",
                        folder + "refused-events.csv",
                        folder + "requests.json",
                        folder + "requests.csv",
                        folder + "metrics/player_day.json",
                        folder + "metrics/player_day.csv");
        assertThat(files.get(folder + "players.json")).contains("anna-o-neil", "guest-7");
        assertThat(json(files, folder + "events.json")).hasSize(4);
        assertThat(files.get(folder + "events.json"))
                .contains("\"displayName\":\"=HYPERLINK(1)\"", "\"achievementId\":\"first\"", "\"eventId\":\"g1\"")
                .contains("\"occurredAt\":\"2026-01-01T10:15:30Z\"");
        assertThat(files.get(folder + "events.csv"))
                .contains("\"'=HYPERLINK(1)\"")
                .doesNotContain("\"=HYPERLINK");
        assertThat(json(files, folder + "refused-events.json")).hasSize(1);
        assertThat(files.get(folder + "requests.json")).contains(request, "signed in");
        assertThat(files.get(folder + "metrics/player_day.json")).contains("\"sessions\":3");
        assertThat(files.get("README.txt"))
                .contains(folder + "events.json (rows: 4)", "What was counted of the player on each day");
        assertThat(files.values()).allSatisfy(text -> assertThat(text).doesNotContain("bert-b", "Elsewhere"));
    }

    @Test
    void onlyThePrivacyRoleFetchesItAndTheAuditKnows() {
        playing.send(event("a1", "anna"));
        String request = playing.request("EXPORT", "anna");
        execute(request, "anna");
        String path = "/v1/data-subject-requests/" + request + "/export";
        for (Role role : List.of(Role.OPERATOR, Role.SUPPORT)) {
            assertThat(platform.server()
                            .get(path, platform.server().person(Map.of(playing.game, Set.of(role))))
                            .status())
                    .isEqualTo(403);
        }
        long before = platform.vault().audit().head().entries();
        assertThat(playing.get("/" + request + "/export").status()).isEqualTo(200);
        assertThat(platform.vault().audit().head().entries()).isEqualTo(before + 1);
    }

    @Test
    void whoIsErasedAfterwardsIsInNoExportAnyMore() throws Exception {
        // An id no other test has: a search looks through the refused events of all games.
        playing.send(event("a1", "erna-o-neil"), event("b1", "bert-b"));
        String request = playing.request("EXPORT", "erna-o-neil", "bert-b");
        execute(request, "erna-o-neil", "bert-b");
        UUID stream = playing.stream("erna-o-neil");
        assertThat(playing.export(request).values().toString()).contains("erna-o-neil", "player_day");

        String erasure = playing.request("ERASURE", "erna-o-neil");
        playing.post("/" + erasure + "/execute", "");
        ErasureOrder order = platform.awaitOrder(Step.REMAINDER, stream);
        byte[] none = StoredRemainder.write(new Remainder(null, null, List.of()));
        platform.orders().answer(order, new ErasureAnswer("metrics", 1, Map.of(), none));
        platform.orders().answer(order, new ErasureAnswer("players", 1, Map.of()));
        for (Step step : List.of(Step.PURGE, Step.SCAN)) {
            ErasureOrder next = platform.awaitOrder(step, stream);
            platform.orders().answer(next, new ErasureAnswer("metrics", 1, Map.of()));
            platform.orders().answer(next, new ErasureAnswer("players", 1, Map.of()));
        }
        JsonNode erased = playing.awaitPhase(erasure, "COMPLETED");

        assertThat(erased.at("/subjects/0/purged/exports").intValue()).isEqualTo(1);
        assertThat(erased.at("/subjects/0/hits").intValue())
                .as("nothing of them lies in any store")
                .isZero();
        UUID id = UUID.fromString(request);
        assertThat(platform.vault().exportSecrets().streams(id, 0)).isEmpty();
        assertThat(platform.vault().exportSecrets().piece(id, 0, "metrics", 0)).isEmpty();
        Map<String, String> files = playing.export(request);
        assertThat(files.keySet().stream().filter(name -> name.startsWith("0-")))
                .as("but for the request itself, which is not over")
                .allMatch(name -> name.contains("/requests."));
        assertThat(files).containsKey("1-" + playing.game + "/metrics/player_day.json");
        assertThat(files.values().toString()).doesNotContain(stream.toString());
    }

    @Test
    void whoIsNobodyHereIsToldSo() throws Exception {
        String request = playing.request("EXPORT", "nobody");
        playing.post("/" + request + "/execute", "");
        playing.awaitPhase(request, "READY");
        assertThat(playing.export(request).keySet())
                .containsExactlyInAnyOrder(
                        "README.txt",
                        "manifest.json",
                        "0-" + playing.game + "/requests.json",
                        "0-" + playing.game + "/requests.csv");
    }

    @Test
    void anExportIsOfTwentySubjectsAtTheMost() {
        String subjects = String.join(
                ",",
                IntStream.range(0, 21)
                        .mapToObj(i -> "{\"gameId\":\"" + playing.game + "\",\"playerId\":\"p-" + i + "\"}")
                        .toList());
        assertThat(code(playing.post("", "{\"type\":\"EXPORT\",\"subjects\":[" + subjects + "]}")))
                .isEqualTo("request.export.subjects");
    }

    private JsonNode execute(String request, String... players) {
        assertThat(playing.post("/" + request + "/execute", "").status()).isEqualTo(202);
        for (String player : players) {
            ErasureOrder order = platform.awaitOrder(Step.EXPORT, playing.stream(player));
            String piece = """
                    {"player_day":"What was counted of the player on each day"}
                    {"table":"player_day","row":{"day":"2026-01-01","sessions":3}}
                    """;
            platform.vault()
                    .exportSecrets()
                    .keep(order.request(), order.subject(), "metrics", 0, piece.getBytes(StandardCharsets.UTF_8), true);
            platform.orders().answer(order, new ErasureAnswer("players", 1, Map.of(ErasureAnswer.EXPORTED, 0L)));
            platform.orders().answer(order, new ErasureAnswer("metrics", 1, Map.of(ErasureAnswer.EXPORTED, 1L)));
        }
        return playing.awaitPhase(request, "READY");
    }

    private static JsonNode json(Map<String, String> files, String name) throws IOException {
        return new ObjectMapper().readTree(files.get(name));
    }

    private static String code(Answer answer) {
        return answer.body().path("code").asText();
    }
}
