package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents;
import io.gamemetrics.infrastructure.eventstore.RejectedEventsQuery;
import io.gamemetrics.infrastructure.privacy.Envelope;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From an HTTP request to events in the store, on real servers. */
@ExtendWith(SharedCommandSide.class)
class EventsRestApiTest {

    private static TestCommandSide server;

    private String game;
    private String key;

    @BeforeAll
    static void start() {
        server = SharedCommandSide.server();
    }

    @BeforeEach
    void createGame() {
        game = SharedCommandSide.newGame();
        key = server.createGame(game);
    }

    @Test
    void whatIsAcceptedIsInTheStoreAndReadable() {
        long before = store().position().number();
        Answer answer = send(purchase("a", "p-17", "USD"), purchase("b", "p-18", "EUR"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(counts(answer)).isEqualTo("2/0/0");
        Position position = Position.parse(answer.body().get("position").textValue());
        assertThat(position.number()).isEqualTo(before + 2);
        var stored = store().read(new Position(position.incarnation(), before), 10);
        assertThat(codec().decode(stored))
                .allSatisfy(decoded -> assertThat(((EventCodec.Decoded.Event) decoded).payload())
                        .isInstanceOf(PlayerEvent.PurchaseMade.class));
    }

    @Test
    void aRetryIsOnlyDuplicatesAndNamesAPositionThatCoversThem() {
        Position first = position(send(purchase("a", "p-17", "USD")));
        Answer again = send(purchase("a", "p-17", "USD"));
        assertThat(counts(again)).isEqualTo("0/1/0");
        assertThat(position(again).covers(first)).isTrue();
    }

    @Test
    void theExampleOfTheContractIsAnsweredAsItSays() {
        Answer answer = send(purchase("ok", "p-17", "USD"), purchase("bad", "p-17", "XX"));
        assertThat(counts(answer)).isEqualTo("1/0/1");
        JsonNode problem = answer.body().get("problems").get(0);
        assertThat(problem.get("index").intValue()).isEqualTo(1);
        assertThat(problem.get("eventId").textValue()).isEqualTo("bad");
        assertThat(problem.get("code").textValue()).isEqualTo("purchase.currency.unknown");
        assertThat(problem.get("pointer").textValue()).isEqualTo("/currency");
        assertThat(problem.get("message").textValue()).isEqualTo("currency: 'XX' is not an ISO 4217 code");
    }

    @Test
    void everyRejectedEventIsKeptEncryptedAndAsItWasSent() throws Exception {
        int number = vault().findGameNumber(new io.gamemetrics.sharedkernel.ids.GameId(game))
                .orElseThrow();
        String conflicting = purchase("a", "p-17", "EUR");
        send(purchase("a", "p-17", "USD"));
        send(conflicting, "7", purchase("b", "p-17", "XX"));
        List<RejectedEvents.Entry> kept = store().rejectedEvents()
                .newestFirst(RejectedEventsQuery.all(number, Instant.EPOCH), null, 10, Long.MAX_VALUE);
        assertThat(kept)
                .extracting(entry -> entry.event().code())
                .containsExactlyInAnyOrder("event.id.conflict", "event.notObject", "purchase.currency.unknown");
        var entry = kept.stream()
                .filter(one -> one.event().code().equals("event.id.conflict"))
                .findFirst()
                .orElseThrow();
        byte[] plain = new Envelope()
                .open(
                        vault().rejectionKey(number).encryption(),
                        RejectedLog.context(number),
                        entry.event().sealed());
        JsonNode document = new com.fasterxml.jackson.databind.ObjectMapper().readTree(plain);
        assertThat(document.get("sent").textValue()).isEqualTo(conflicting);
        assertThat(entry.event().expiresAt())
                .isEqualTo(entry.event().receivedAt().plus(RejectedLog.KEPT));
    }

    @Test
    void validatingDecidesTheSameAndLeavesNoTrace() {
        int number = vault().findGameNumber(new io.gamemetrics.sharedkernel.ids.GameId(game))
                .orElseThrow();
        Position before = store().position();
        Answer answer = server.send(
                "POST",
                "/v1/games/" + game + "/events?validateOnly=true",
                key,
                "application/json",
                ("[" + purchase("a", "nobody", "USD") + "," + purchase("a", "nobody", "EUR") + ",{}]")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(counts(answer)).isEqualTo("1/0/2");
        assertThat(store().position()).isEqualTo(before);
        assertThat(store().rejectedEvents().count(number)).isZero();
        assertThat(vault().findSubjects(number, List.of(new io.gamemetrics.sharedkernel.ids.PlayerId("nobody"))))
                .isEmpty();
    }

    @Test
    void gzipAndLinesAreUnderstood() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(
                    (purchase("a", "p", "USD") + "\n\n" + purchase("b", "p", "USD")).getBytes(StandardCharsets.UTF_8));
        }
        Answer answer = server.send(
                "POST",
                "/v1/games/" + game + "/events",
                key,
                "application/x-ndjson",
                bytes.toByteArray(),
                "Content-Encoding",
                "gzip");
        assertThat(counts(answer)).isEqualTo("2/0/0");
        assertThat(answer.response().headers().firstValue("RateLimit")).isPresent();
    }

    @Test
    void anEventWithoutAPlayerIsUniqueInTheGame() {
        String error = "{\"eventId\":\"e\",\"type\":\"error_reported\",\"occurredAt\":\"2026-01-01T00:00:00Z\","
                + "\"severity\":\"error\",\"message\":\"boom\"}";
        assertThat(counts(send(error, error))).isEqualTo("1/1/0");
        assertThat(counts(send(error, error.replace("boom", "bang")))).isEqualTo("0/1/1");
    }

    @Test
    void aLinkGoesIntoBothStreamsAndHoldsForEver() {
        assertThat(counts(send(link("l1", "a", "b")))).isEqualTo("1/0/0");
        assertThat(counts(send(link("l1", "a", "b")))).isEqualTo("0/1/0");
        Answer conflicts = send(link("l2", "c", "b"), link("l3", "b", "d"), link("l4", "d", "a"));
        assertThat(counts(conflicts)).isEqualTo("0/0/3");
        assertThat(conflicts.body().get("problems"))
                .allSatisfy(
                        problem -> assertThat(problem.get("code").textValue()).isEqualTo("link.conflict"));
        assertThat(counts(send(link("l5", "a", "e")))).isEqualTo("1/0/0");
    }

    @Test
    void whatIsNotJsonIsRefusedWithItsPlace() {
        Answer answer = server.events(game, key, "[" + purchase("a", "p", "USD") + ",\n  oops]");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("line").intValue()).isEqualTo(2);
        assertThat(answer.body().get("index").intValue()).isEqualTo(1);
        assertThat(answer.body().toString()).doesNotContain("oops");
        assertThat(store().position()).isNotNull();
    }

    @Test
    void requestsAreRefusedAsAWholeWithTheirStatus() {
        String one = "[" + purchase("a", "p", "USD") + "]";
        assertThat(server.events(game, null, one).status()).isEqualTo(401);
        assertThat(server.events(game, "gmk_ingest_1xabc_" + "A".repeat(43), one)
                        .status())
                .isEqualTo(401);
        assertThat(server.events("other-game", key, one).status()).isEqualTo(404);
        assertThat(server.events("never-made", server.admin(), one).status()).isEqualTo(404);
        assertThat(server.send(
                                "POST",
                                "/v1/games/" + game + "/events",
                                key,
                                "text/plain",
                                one.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(415);
        assertThat(server.events(game, key, "{\"event\":[]}").status()).isEqualTo(400);
        assertThat(server.events(game, key, "[" + "0,".repeat(10_000) + "0]").status())
                .isEqualTo(413);
        assertThat(server.events(game, key, "[" + " ".repeat(5 * 1024 * 1024) + "]")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void aGameSendsNotMoreThanItsLimit() {
        server.admin("PUT", "/v1/games/" + game + "/limits", "{\"eventsPerSecond\":1,\"burst\":2}");
        assertThat(send(purchase("a", "p", "USD"), purchase("b", "p", "USD")).status())
                .isEqualTo(200);
        Answer refused = send(purchase("c", "p", "USD"), purchase("d", "p", "USD"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.response().headers().firstValue("RateLimit")).isPresent();
    }

    @Test
    void healthIsKnownToEverybody() {
        assertThat(server.get("/actuator/health", null).body().get("status").textValue())
                .isEqualTo("UP");
    }

    private Answer send(String... events) {
        return server.events(game, key, "[" + String.join(",", events) + "]");
    }

    private static String purchase(String id, String player, String currency) {
        return """
            {"eventId":"%s","type":"purchase","playerId":"%s","occurredAt":"2026-01-01T10:15:30.123Z",\
            "itemId":"gems5","itemType":"iap","currency":"%s","amountMicros":4990000}""".formatted(id, player, currency);
    }

    private static String link(String id, String player, String linked) {
        return """
            {"eventId":"%s","type":"player_linked","playerId":"%s","occurredAt":"2026-01-01T10:15:30.123Z",\
            "linkedPlayerId":"%s"}""".formatted(id, player, linked);
    }

    private static String counts(Answer answer) {
        assertThat(answer.status())
                .as(new String(answer.response().body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return answer.body().get("accepted") + "/" + answer.body().get("duplicates") + "/"
                + answer.body().get("rejected");
    }

    private static Position position(Answer answer) {
        return Position.parse(answer.body().get("position").textValue());
    }

    private static EventStore store() {
        return server.context().getBean(EventStore.class);
    }

    private static EventCodec codec() {
        return server.context().getBean(EventCodec.class);
    }

    private static Vault vault() {
        return server.context().getBean(Vault.class);
    }
}
