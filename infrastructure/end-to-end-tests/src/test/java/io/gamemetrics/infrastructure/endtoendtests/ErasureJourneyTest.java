package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.endtoendtests.CommandLine.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of eight players is erased, as the runbook says: nothing says who they were any more, what was counted of them stays to
 * the last digit, also when the numbers are rebuilt.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ErasureJourneyTest {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final String GAME = "forgetting";
    private static final String GONE = "canary-7f3a@example.test";
    private static final String NAME = "Canary of Nowhere";

    private static final String NUMBERS = """
            dailyMetrics(from: "2026-03-20", to: "2026-03-22") {
              day dau newPlayers sessions purchases payers meanSessionSeconds
              revenue { totalMicros iapMicros adMicros refundMicros }
            }
            retention(from: "2026-03-20", to: "2026-03-21", days: [1, 2], through: "2026-03-22") {
              cohorts { cohortDay size points { day observed returned rate } }
            }
            """;

    private static final String OF_PLAYERS = """
            player(id: "%s") { id displayName sessions }
            leaderboard(id: "best") { totalCount entries { nodes { playerId displayName score } } }
            """.formatted(GONE);

    private static String key = "";
    private static String numbers = "";

    @TempDir
    Path folder;

    @Test
    @Order(1)
    void whoIsErasedIsGoneAndEveryDaysNumbersStay() throws Exception {
        try (Client client = PLATFORM.client()) {
            key = client.createGame(GAME, "UTC");
            client.defineBoard(GAME, "best", "BEST", "DESC");
            String position = client.send(GAME, key, events());
            numbers = client.game(GAME, position, NUMBERS).toString();
            assertThat(client.game(GAME, position, OF_PLAYERS).toString()).contains(GONE, NAME);

            String request = requested();
            planned(request);
            assertThat(run("requests", "execute", request).exit()).isZero();
            JsonNode done = Looking.until(
                    each -> each.path("phase").asText().equals("COMPLETED"),
                    () -> run("requests", "show", request).answer());
            assertThat(done.at("/subjects/0/hits").asInt(-1)).isZero();
            assertThat(done.toString()).doesNotContain(GONE);
            certified(request);

            String after = client.send(GAME, key, event("later", "other-2", "custom", "2026-03-22", "\"name\":\"hi\""));
            assertThat(client.game(GAME, after, NUMBERS).toString()).isEqualTo(numbers);
            JsonNode left = client.game(GAME, after, OF_PLAYERS);
            assertThat(left.toString()).doesNotContain(GONE, NAME);
            assertThat(left.path("player").isNull()).isTrue();
            assertThat(left.at("/leaderboard/totalCount").asInt()).isEqualTo(7);
            refused(client);
        }
    }

    @Test
    @Order(2)
    void numbersThatAreRebuiltAreTheSame() throws Exception {
        try (Client client = PLATFORM.client()) {
            Replaying replay = Replaying.start(client, Map.of("projection", "metrics", "switch", "WHEN_IDENTICAL"));
            replay.untilSwitched();
            String position =
                    client.send(GAME, key, event("last", "other-2", "custom", "2026-03-22", "\"name\":\"hi\""));
            assertThat(client.game(GAME, position, NUMBERS).toString()).isEqualTo(numbers);
            replay.order("drop");
        }
    }

    @Test
    @Order(3)
    void aRebuildThatRestsMeanwhileBringsNobodyBack() throws Exception {
        try (Client client = PLATFORM.client()) {
            Erasing erasing = new Erasing(client, GAME);
            Replaying replay = Replaying.start(
                    client, Map.of("projection", "metrics", "eventsPerSecond", 1, "switch", "WHEN_IDENTICAL"));
            replay.order("pause");
            String request = erasing.order("other-3");
            JsonNode waiting = Looking.until(
                    each -> each.at("/subjects/0/phase").asText().equals("PURGED"), () -> erasing.look(request));
            assertThat(waiting.at("/subjects/0/phase").asText())
                    .as("nothing but the proof waits for the rebuild")
                    .isEqualTo("PURGED");
            client.command("POST", "/v1/replays/" + replay.id() + "/throttle", Map.of("eventsPerSecond", 100_000));
            replay.order("resume");
            replay.untilSwitched();
            replay.order("drop");
            assertThat(erasing.untilCertified(request).at("/subjects/0/hits").asInt(-1))
                    .isZero();
            String position =
                    client.send(GAME, key, event("straddled", "other-2", "custom", "2026-03-22", "\"name\":\"hi\""));
            assertThat(client.game(GAME, position, NUMBERS).toString()).isEqualTo(numbers);
        }
    }

    private static String requested() throws Exception {
        Ended made = run(
                "requests", "create", GAME, GONE, "--received-at", "2026-11-22T09:00:00Z", "--confirmed", "signed in");
        assertThat(made.exit()).as(made.problems()).isZero();
        assertThat(made.answer().path("dueAt").asText()).startsWith("2026-12-22");
        return made.answer().path("requestId").asText();
    }

    /** Three days of one player; the same is gone afterwards, see {@code purged}. */
    private static void planned(String request) throws Exception {
        Ended plan = run("requests", "plan", request);
        assertThat(plan.exit()).as(plan.problems()).isZero();
        assertThat(plan.answer().path("state").asText()).isEqualTo("COUNTED");
        assertThat(plan.answer().path("totals").toString())
                .contains("\"store\":\"event-store\",\"kind\":\"events\",\"rows\":22")
                .contains("\"store\":\"metrics\"")
                .contains("\"kind\":\"days in sums\",\"rows\":3")
                .contains("\"store\":\"leaderboards\"")
                .contains("\"store\":\"players\"")
                .contains("\"store\":\"live-tail\"");
    }

    private void certified(String request) throws Exception {
        Path file = folder.resolve("certificate.json");
        assertThat(run("requests", "certificate", request, file.toString()).exit())
                .isZero();
        assertThat(Files.readString(file)).doesNotContain(GONE, NAME);
        assertThat(run("certificate", "verify", file.toString(), "--player", GONE)
                        .exit())
                .isZero();
        assertThat(run("certificate", "verify", file.toString(), "--player", "other-1")
                        .exit())
                .isNotZero();
        assertThat(run("audit", "verify").exit()).isZero();
    }

    /** The same event once more, and a new one. */
    private static void refused(Client client) throws Exception {
        for (String id : List.of("p-0-0", "new")) {
            String body = client.post(GAME, key, event(id, GONE, "custom", "2026-03-22", "\"name\":\"hi\""))
                    .body();
            assertThat(body).contains("player.erased").doesNotContain(GONE);
        }
    }

    private static Ended run(String... arguments) throws Exception {
        return PLATFORM.commandLine().run(arguments);
    }

    /** Eight players alike, of whom the first is to go: sessions, purchases, ads, names, scores, errors, free fields. */
    private static String events() {
        List<String> events = new ArrayList<>();
        for (int player = 0; player < 8; player++) {
            String id = player == 0 ? GONE : "other-" + player;
            String name = player == 0 ? NAME : "Other " + player;
            for (int day = 0; day < (player % 2 == 0 ? 3 : 1); day++) {
                String on = "2026-03-2" + day;
                String prefix = "p-" + player + "-" + day;
                if (day == 0) {
                    events.add(one(prefix + "n", id, "player_registered", on, "\"displayName\":\"" + name + "\""));
                }
                String session = "\"sessionId\":\"s-" + prefix + "\"";
                events.add(one(prefix, id, "session_started", on, session));
                events.add(one(prefix + "e", id, "session_ended", on, session + ",\"durationMillis\":61000"));
                events.add(one(
                        prefix + "p",
                        id,
                        "purchase",
                        on,
                        "\"itemId\":\"sword\",\"itemType\":\"iap\",\"currency\":\"USD\",\"amountMicros\":"
                                + (player + 1) + "990000"));
                events.add(one(
                        prefix + "a",
                        id,
                        "ad_viewed",
                        on,
                        "\"network\":\"n\",\"placement\":\"p\",\"revenueMicros\":1700,\"currency\":\"USD\""));
                events.add(one(
                        prefix + "b",
                        id,
                        "score_submitted",
                        on,
                        "\"leaderboardId\":\"best\",\"score\":" + (90 + player)));
                events.add(one(
                        prefix + "x",
                        id,
                        "error_reported",
                        on,
                        "\"severity\":\"error\",\"message\":\"crashed for " + name + "\""));
                events.add(one(
                        prefix + "c", id, "custom", on, "\"name\":\"mail:sent\",\"fields\":{\"to\":\"" + id + "\"}"));
            }
        }
        return "[" + String.join(",", events) + "]";
    }

    private static String event(String id, String player, String type, String day, String fields) {
        return "[" + one(id, player, type, day, fields) + "]";
    }

    private static String one(String id, String player, String type, String day, String fields) {
        return "{\"eventId\":\"%s\",\"playerId\":\"%s\",\"type\":\"%s\",\"occurredAt\":\"%sT10:00:00Z\",\"platform\":\"ios\",%s}"
                .formatted(id, player, type, day, fields);
    }
}
