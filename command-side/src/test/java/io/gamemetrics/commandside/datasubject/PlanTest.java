package io.gamemetrics.commandside.datasubject;

import static io.gamemetrics.commandside.datasubject.Played.event;
import static io.gamemetrics.commandside.datasubject.Played.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.privacy.AuditChain;
import io.gamemetrics.infrastructure.web.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Plans on a real command side; the read models' part is played by this test. */
class PlanTest extends PlayedGame {

    @Test
    void aPlanSaysStoreByStoreWhatIsHeldAndChangesNothing() {
        playing.send(event("a1", "anna-o-neil"), registered("a2", "anna-o-neil", "Anna"), event("b1", "bert"));
        playing.send(
                event("bad", "anna-o-neil").replace("first", ""),
                event("bad", "bert").replace("first", ""));
        UUID stream = playing.stream("anna-o-neil");
        String request = playing.request("ERASURE", "anna-o-neil", "nobody");

        Answer first = playing.get("/" + request + "/plan");
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.body().get("state").textValue()).isEqualTo("COUNTING");
        ErasureOrder order = platform.awaitOrder(Step.PLAN, stream);
        answer(order, "players", Map.of("player", 1L));
        JsonNode waiting = await().pollInterval(Duration.ofMillis(50))
                .until(
                        () -> playing.get("/" + request + "/plan").body(),
                        plan -> plan.get("counted").intValue() == 1);
        assertThat(waiting.get("waitingFor").toString()).isEqualTo("[\"metrics/1\"]");
        answer(order, "metrics", Map.of("event", 2L, ErasureAnswer.STAYS, 1L));

        Answer counted = playing.get("/" + request + "/plan");
        assertThat(counted.status()).isEqualTo(200);
        JsonNode plan = counted.body();
        assertThat(plan.get("state").textValue()).isEqualTo("COUNTED");
        assertThat(plan.at("/subjects/0/players").intValue()).isEqualTo(1);
        assertThat(plan.at("/subjects/1/players").intValue()).isZero();
        assertThat(plan.at("/subjects/1/lines")).isEmpty();
        for (String line : new String[] {
            line("event-store", null, "events", 2, "BECOME_UNREADABLE"),
            line("kafka", null, "events", 2, "BECOME_UNREADABLE"),
            line("event-store", null, "rejected-events", 1, "GO"),
            line("vault", null, "players", 1, "GO"),
            line("metrics", 1, "event", 2, "GO"),
            line("metrics", 1, "days in sums", 1, "STAY_IN_SUMS"),
            line("players", 1, "player", 1, "GO")
        }) {
            assertThat(plan.get("totals").toString()).contains(line);
            assertThat(plan.at("/subjects/0/lines").toString()).contains(line);
        }
        assertThat(playing.get("/" + request).body().get("phase").textValue()).isEqualTo("IDENTITY_CONFIRMED");
        playing.send(event("a3", "anna-o-neil"));
        assertThat(platform.vault().keys(List.of(stream))).hasSize(1);
    }

    @Test
    void linkedPlayersAreOnePerson() {
        playing.send(event("a1", "anna"), event("g1", "guest"));
        playing.send("{\"eventId\":\"l\",\"type\":\"player_linked\",\"playerId\":\"anna\",\"linkedPlayerId\":\"guest\","
                + "\"occurredAt\":\"2026-01-01T10:15:30Z\"}");
        String request = playing.request("ERASURE", "guest");
        playing.get("/" + request + "/plan");

        assertThat(platform.awaitOrder(Step.PLAN, playing.stream("guest")).streams())
                .containsExactlyInAnyOrder(playing.stream("anna"), playing.stream("guest"));
    }

    @Test
    void aThousandAreCounted() {
        String request = playing.request(
                "ERASURE", IntStream.range(0, 1_000).mapToObj(i -> "p-" + i).toArray(String[]::new));
        JsonNode plan = await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> playing.get("/" + request + "/plan").body(),
                        each -> each.get("state").textValue().equals("COUNTED"));
        assertThat(plan.get("counted").intValue()).isEqualTo(1_000);
        assertThat(plan.get("subjects")).hasSize(1_000);
    }

    @Test
    void onlyAnOpenRequestHasAPlanAndOnlyForWhoMaySeeIt() {
        playing.send(event("a1", "anna"));
        String request = playing.request("ERASURE", "anna");
        String path = "/v1/data-subject-requests/" + request + "/plan";
        assertThat(platform.server()
                        .get(path, platform.server().person(Map.of(playing.game, Set.of(Role.OPERATOR))))
                        .status())
                .isEqualTo(403);
        playing.get("/" + request + "/plan");
        ErasureOrder plan = platform.awaitOrder(Step.PLAN, playing.stream("anna"));

        playing.post("/" + request + "/execute", "");

        assertThat(playing.get("/" + request + "/plan").body().get("code").textValue())
                .isEqualTo("request.executing");
        await().pollInterval(Duration.ofMillis(50))
                .until(() -> platform.orders().all(plan.request()).isEmpty());
    }

    @Test
    void whoLooksAgainAndAgainIsInTheAuditOnce() {
        playing.send(event("a1", "anna"));
        String request = playing.request("ERASURE", "anna");
        AuditChain audit = platform.vault().audit();
        long before = audit.head().entries();
        playing.get("/" + request + "/plan");
        playing.get("/" + request + "/plan");
        assertThat(audit.head().entries()).isEqualTo(before + 1);
    }

    private static void answer(ErasureOrder order, String projection, Map<String, Long> counts) {
        platform.orders().answer(order, new ErasureAnswer(projection, 1, counts));
    }

    private static String line(String store, @Nullable Integer version, String kind, long rows, String then) {
        return "{\"store\":\"" + store + "\"," + (version == null ? "" : "\"version\":" + version + ",") + "\"kind\":\""
                + kind + "\",\"rows\":" + rows + ",\"then\":\"" + then + "\"}";
    }
}
