package io.gamemetrics.commandside.datasubject;

import static io.gamemetrics.commandside.datasubject.Played.event;
import static io.gamemetrics.commandside.datasubject.Played.registered;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.eventcatalog.StoredRemainder;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.erasure.ErasureEvent.ErasedContribution;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.player.PlayerEvent.Erased;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErasureBegun;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Erasures on a real command side; the read models' part is played by this test, answer by answer. */
class ErasureProcessTest {

    private static final AtomicInteger GAMES = new AtomicInteger();
    private static final Databases DATABASES = Databases.create();
    private static final PlayedReadModels READ_MODELS = PlayedReadModels.of("metrics", "players");
    private static final Remainder REMAINDER = new Remainder(LocalDate.of(2026, 1, 1), null, List.of());

    private static final byte[] NONE = {};

    private static TestCommandSide server;

    private final ErasureOrders orders = READ_MODELS.orders();
    private String game;
    private String key;
    private String privacy;
    private int number;
    private PostgresVault vault;
    private EventStore store;

    @BeforeAll
    static void start() {
        server = another();
    }

    private static TestCommandSide another() {
        return TestCommandSide.start(DATABASES, READ_MODELS.settings("1s"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createGame() {
        game = "erasing-" + GAMES.incrementAndGet();
        key = server.createGame(game);
        privacy = server.person(Map.of(game, Set.of(Role.PRIVACY)));
        vault = server.context().getBean(PostgresVault.class);
        store = server.context().getBean(EventStore.class);
        number = vault.findGameNumber(new GameId(game)).orElseThrow();
    }

    @Test
    void aPersonGoesStepByStepAndTheirTotalsStay() {
        send(event("a1", "anna-o-neil"), registered("a2", "anna-o-neil", "Anna O'Neil"));
        send(
                event("bad", "anna-o-neil").replace("first", ""),
                event("bad", "bert").replace("first", ""));
        UUID stream = stream("anna-o-neil");
        String request = erase("anna-o-neil");

        ErasureOrder order = awaitStep(request, Step.REMAINDER);
        assertThat(order.streams()).containsExactly(stream);
        assertThat(code(send(event("a3", "anna-o-neil")))).isEqualTo("player.erased");
        assertThat(payloads(stream)).last().isInstanceOf(ErasureBegun.class);
        assertThat(vault.requestSecrets().needles(UUID.fromString(request), 0))
                .contains("anna-o-neil", "Anna O'Neil", stream.toString());
        answer(order, "metrics", Map.of("events", 2L), StoredRemainder.write(REMAINDER));
        assertThat(orders.find(UUID.fromString(request), 0))
                .map(ErasureOrder::step)
                .contains(Step.REMAINDER);
        answer(order, "players", Map.of("players", 1L), NONE);

        ErasureOrder purge = awaitStep(request, Step.PURGE);
        assertThat(payloads(stream)).last().isInstanceOf(Erased.class);
        List<Object> last = lastPayloads(2);
        assertThat(last.get(0)).isInstanceOf(Erased.class);
        assertThat(last.get(1)).isInstanceOfSatisfying(ErasedContribution.class, stays -> assertThat(stays.remainder())
                .isEqualTo(REMAINDER));
        assertThat(vault.keys(List.of(stream)))
                .as("until every read model says so")
                .hasSize(1);
        answer(purge, "metrics", Map.of("events", 1L), NONE);
        answer(purge, "players", Map.of(), NONE);
        await().pollInterval(Duration.ofMillis(50))
                .until(() ->
                        orders.answers(UUID.fromString(request), 0, Step.PURGE).size() == 1);
        assertThat(vault.keys(List.of(stream))).as("something is left").hasSize(1);
        answer(purge, "metrics", Map.of(), NONE);

        ErasureOrder scan = awaitStep(request, Step.SCAN);
        assertThat(vault.keys(List.of(stream))).isEmpty();
        assertThat(vault.erased(List.of(stream))).containsExactly(stream);
        assertThat(store.rejectedEvents().count(number)).as("the other's").isEqualTo(1);
        answer(scan, "metrics", Map.of("metrics events.name", 3L), NONE);
        answer(scan, "players", Map.of(), NONE);
        await().pollInterval(Duration.ofMillis(50)).until(() -> phase(request).equals("COMPLETED"));
        JsonNode purged = subject(request).get("purged");
        assertThat(purged.get("metrics.events").longValue()).isEqualTo(2);
        assertThat(purged.get("players.players").longValue()).isEqualTo(1);
        assertThat(purged.get("events").longValue()).isEqualTo(2);
        assertThat(purged.get("rejected-events").longValue()).isEqualTo(1);
        assertThat(subject(request).get("hits").intValue()).isEqualTo(1);
        assertThat(orders.find(UUID.fromString(request), 0)).isEmpty();
        assertThat(subject(request).has("playerId"))
                .as("gone with the request's key")
                .isFalse();
        assertThat(vault.requestSecrets().needles(UUID.fromString(request), 0)).isEmpty();
        Answer certificate = server.get("/v1/data-subject-requests/" + request + "/certificate", privacy);
        assertThat(certificate.status()).isEqualTo(200);
        assertThat(certificate.body().toString())
                .doesNotContain("o-neil")
                .doesNotContain(stream.toString())
                .contains("metrics.events 2")
                .contains("hits 1");
        assertThat(server.get("/v1/data-subject-requests/" + request, privacy)
                        .body()
                        .get("certificate")
                        .textValue())
                .isEqualTo(ErasureCertificate.fingerprint(certificate.response().body()));
        assertThat(server.get("/v1/audit/verify", server.admin())
                        .body()
                        .get("intact")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void linkedPlayersAreErasedTogether() {
        send(event("a1", "anna"), event("g1", "guest"));
        send("{\"eventId\":\"l\",\"type\":\"player_linked\",\"playerId\":\"anna\",\"linkedPlayerId\":\"guest\","
                + "\"occurredAt\":\"2026-01-01T10:15:30Z\"}");

        String request = erase("guest");

        assertThat(awaitStep(request, Step.REMAINDER).streams())
                .containsExactlyInAnyOrder(stream("anna"), stream("guest"));
        answerAll(request, Step.REMAINDER);
        answerAll(request, Step.PURGE);
        answerAll(request, Step.SCAN);
        await().pollInterval(Duration.ofMillis(50)).until(() -> phase(request).equals("COMPLETED"));
        assertThat(code(send(event("a2", "anna")))).isEqualTo("player.erased");
        assertThat(code(send(event("g2", "guest")))).isEqualTo("player.erased");
        assertThat(lastPayloads(10).stream().filter(Erased.class::isInstance)).hasSize(2);
    }

    @Test
    void whoIsNobodyHereIsRefusedFromNowOnAndDone() {
        String request = erase("nobody");
        await().pollInterval(Duration.ofMillis(50)).until(() -> phase(request).equals("COMPLETED"));
        assertThat(code(send(event("n1", "nobody")))).isEqualTo("player.erased");
    }

    @Test
    void twoProcessesDoNoHarmAndOneGoesOnWhereTheOtherDied() {
        String request;
        UUID stream;
        try (TestCommandSide dying = another()) {
            dying.events(game, key, "[" + event("a1", "anna") + "]");
            stream = stream("anna");
            request = erase("anna");
            answerAll(request, Step.REMAINDER);
            awaitStep(request, Step.PURGE);
            assertThat(dying.events(game, key, "[" + event("a9", "anna") + "]")
                            .body()
                            .at("/problems/0/code")
                            .textValue())
                    .isEqualTo("player.erased");
        }
        answerAll(request, Step.PURGE);
        answerAll(request, Step.SCAN);
        await().pollInterval(Duration.ofMillis(50)).until(() -> phase(request).equals("COMPLETED"));
        assertThat(payloads(stream).stream().filter(Erased.class::isInstance))
                .as("two processes, one end")
                .hasSize(1);
    }

    @Test
    void nobodyIsEndedBeforeItIsSaidWhatStaysOfThem() {
        send(event("a1", "cleo"));
        UUID stream = stream("cleo");
        String request = erase("cleo");
        ErasureOrder order = awaitStep(request, Step.REMAINDER);
        answer(order, "players", Map.of(), NONE);
        answer(order, "metrics", Map.of(), NONE);

        await().pollInterval(Duration.ofMillis(50)).until(() -> orders.open("metrics", 1, 10).stream()
                .anyMatch(asked -> asked.request().equals(order.request())));
        assertThat(payloads(stream)).last().isInstanceOf(ErasureBegun.class);
        answerAll(request, Step.REMAINDER);
        awaitStep(request, Step.PURGE);
    }

    private String erase(String player) {
        Answer answer = server.send("DELETE", "/v1/games/" + game + "/players/" + player, privacy, null, new byte[0]);
        assertThat(answer.status()).isEqualTo(202);
        return answer.body().get("requestId").textValue();
    }

    private void answerAll(String request, Step step) {
        ErasureOrder order = awaitStep(request, step);
        answer(order, "metrics", Map.of(), step == Step.REMAINDER ? StoredRemainder.write(REMAINDER) : NONE);
        answer(order, "players", Map.of(), NONE);
    }

    private void answer(ErasureOrder order, String projection, Map<String, Long> counts, byte[] remainder) {
        orders.answer(order, new ErasureAnswer(projection, 1, counts, remainder));
    }

    private ErasureOrder awaitStep(String request, Step step) {
        return await().pollInterval(Duration.ofMillis(50))
                .until(
                        () -> orders.find(UUID.fromString(request), 0),
                        order -> order.isPresent() && order.get().step() == step)
                .orElseThrow();
    }

    private String phase(String request) {
        return server.get("/v1/data-subject-requests/" + request, privacy)
                .body()
                .path("phase")
                .asText();
    }

    private JsonNode subject(String request) {
        return server.get("/v1/data-subject-requests/" + request, privacy)
                .body()
                .get("subjects")
                .get(0);
    }

    private UUID stream(String player) {
        PlayerId id = new PlayerId(player);
        return requireNonNull(vault.findSubjects(number, List.of(id)).get(id))
                .pseudonym()
                .value();
    }

    private List<Object> payloads(UUID stream) {
        return payloads(store.readStream(stream, 0, 100));
    }

    private List<Object> lastPayloads(int count) {
        var head = store.position();
        return payloads(store.read(
                new io.gamemetrics.sharedkernel.ids.Position(head.incarnation(), Math.max(0, head.number() - count)),
                count));
    }

    private List<Object> payloads(List<StoredEvent> events) {
        return server.context().getBean(EventCodec.class).decode(events).stream()
                .<Object>map(decoded -> decoded instanceof Decoded.Event event ? event.payload() : decoded)
                .toList();
    }

    private JsonNode send(String... events) {
        Answer answer = server.events(game, key, "[" + String.join(",", events) + "]");
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private static String code(JsonNode answer) {
        return answer.at("/problems/0/code").asText();
    }
}
