package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.player.BeginErasure;
import io.gamemetrics.commandside.player.Moderated;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.Erasures;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of events of players who were erased, sent over HTTP to real servers. */
@ExtendWith(SharedCommandSide.class)
class ErasedPlayersTest {

    private static final PlayerId ANNA = new PlayerId("anna-o-neil");

    private TestCommandSide server;
    private String game;
    private String key;
    private int number;
    private PostgresVault vault;
    private EventStore store;

    @BeforeEach
    void createGame() {
        server = SharedCommandSide.server();
        game = SharedCommandSide.newGame();
        key = server.createGame(game);
        vault = server.context().getBean(PostgresVault.class);
        store = server.context().getBean(EventStore.class);
        number = vault.findGameNumber(new GameId(game)).orElseThrow();
    }

    @Test
    void whoIsErasedIsRefusedCountedAndNeverKeptWhileOthersGoOn() {
        assertThat(send(server, event("a1", "anna-o-neil", "")).get("accepted")).hasToString("1");
        begin();
        long before = store.position().number();

        JsonNode answer = send(
                server,
                event("a1", "anna-o-neil", ""),
                event("a2", "anna-o-neil", ""),
                event("b1", "bert", ""),
                event("b2", "bert", ",\"achievementId\":7"));

        assertThat(answer.get("accepted")).hasToString("1");
        assertThat(answer.get("rejected")).hasToString("3");
        assertThat(answer.get("problems").findValuesAsText("code"))
                .containsExactly("player.erased", "player.erased", "achievement_unlocked.achievementId.type");
        assertThat(answer.at("/problems/0/pointer").textValue()).isEqualTo("/playerId");
        assertThat(answer.toString()).doesNotContain("o-neil");
        assertThat(store.rejectedEvents().count(number)).as("the other's alone").isEqualTo(1);
        assertThat(store.position().number()).isEqualTo(before + 1);
        assertThat(server.get("/v1/problems/player.erased", key).status()).isEqualTo(200);
    }

    @Test
    void whatIsWrongAnywayIsNotKeptEitherOfWhoWasErased() {
        begin();
        for (String more : List.of(
                ",\"achievementId\":7", ",\"unheardOf\":1", ",\"achievementId\":\"" + "x".repeat(33_000) + "\"")) {
            assertThat(send(server, event("a", "anna-o-neil", more)).get("rejected"))
                    .hasToString("1");
        }
        assertThat(send(
                                server,
                                "{\"eventId\":\"u\",\"type\":\"achievement_unlocked\",\"player_id\":\"anna-o-neil\"}",
                                "{\"eventId\":\"v\",\"type\":\"nothing\",\"fields\":{\"userId\":\"anna-o-neil\"}}")
                        .get("rejected"))
                .hasToString("2");
        assertThat(store.rejectedEvents().count(number)).isZero();
        send(server, event("b", "bert", ",\"achievementId\":7"));
        assertThat(store.rejectedEvents().count(number)).isEqualTo(1);
    }

    @Test
    void nobodyIsLinkedToWhoWasErased() {
        begin();
        String link =
                "{\"eventId\":\"l\",\"type\":\"player_linked\",\"playerId\":\"bert\",\"linkedPlayerId\":\"anna-o-neil\","
                        + "\"occurredAt\":\"2026-01-01T10:15:30Z\"}";
        JsonNode answer = send(server, link);
        assertThat(answer.at("/problems/0/code").textValue()).isEqualTo("player.erased");
        assertThat(answer.at("/problems/0/pointer").textValue()).isEqualTo("/linkedPlayerId");
        assertThat(store.rejectedEvents().count(number)).isZero();
    }

    @Test
    void aTrialSaysTheSameAndMakesNobody() {
        begin();
        JsonNode answer = server.send(
                        "POST",
                        "/v1/games/" + game + "/events?validateOnly=true",
                        key,
                        "application/json",
                        ("[" + event("a", "anna-o-neil", "") + "]").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .body();
        assertThat(answer.at("/problems/0/code").textValue()).isEqualTo("player.erased");
        assertThat(subject()).isNull();
    }

    @Test
    void aReplicaThatHasNotHeardOfItYetIsToldByThePlayersOwnStream() {
        TestCommandSide replica = SharedCommandSide.replica();
        send(server, event("a1", "anna-o-neil", ""));
        send(replica, event("a2", "anna-o-neil", ""));
        Subject anna = Objects.requireNonNull(subject());
        Instant at = begin();
        PlayerCommands players = server.context().getBean(PlayerCommands.class);
        assertThat(players.moderate(new BeginErasure(anna.pseudonym(), at))).isEqualTo(Moderated.DONE);

        JsonNode answer = send(replica, event("a3", "anna-o-neil", ""));

        assertThat(answer.at("/problems/0/code").textValue()).isEqualTo("player.erased");
        assertThat(store.rejectedEvents().count(number)).isZero();
        assertThat(store.headSequences(List.of(anna.pseudonym().value()))).containsValue(2L);
    }

    @Test
    void whoIsReadmittedIsTakenWithWhatOccursFromThenOn() {
        send(server, event("a1", "anna-o-neil", ""));
        Subject before = Objects.requireNonNull(subject());
        Instant at = begin();
        vault.erasures().destroy(number, ANNA, before.pseudonym().value());
        assertThat(vault.erasures().readmit(number, ANNA)).isEqualTo(Erasures.Readmission.READMITTED);

        JsonNode answer = send(
                server,
                event("a1", "anna-o-neil", ""),
                event("late", "anna-o-neil", "", at),
                event("new", "anna-o-neil", "", at.plusMillis(1)));

        assertThat(answer.get("accepted")).hasToString("1");
        assertThat(answer.get("problems").findValuesAsText("code")).containsExactly("player.erased", "player.erased");
        assertThat(Objects.requireNonNull(subject()).pseudonym()).isNotEqualTo(before.pseudonym());
        assertThat(store.rejectedEvents().count(number)).isZero();
        send(server, event("wrong", "anna-o-neil", ",\"achievementId\":7", at));
        send(server, "{\"eventId\":\"no-instant\",\"type\":\"nothing\",\"playerId\":\"anna-o-neil\"}");
        assertThat(store.rejectedEvents().count(number))
                .as("of before their erasure nothing is kept, whatever else is wrong with it")
                .isZero();
        send(server, event("wrong", "anna-o-neil", ",\"achievementId\":7", at.plusMillis(1)));
        assertThat(store.rejectedEvents().count(number)).isEqualTo(1);
    }

    private Instant begin() {
        return vault.erasures().begin(number, ANNA);
    }

    private @Nullable Subject subject() {
        return vault.findSubjects(number, List.of(ANNA)).get(ANNA);
    }

    private JsonNode send(TestCommandSide to, String... events) {
        TestCommandSide.Answer answer = to.events(game, key, "[" + String.join(",", events) + "]");
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String event(String id, String player, String more) {
        return event(id, player, more, Instant.parse("2026-01-01T10:15:30Z"));
    }

    private static String event(String id, String player, String more, Instant at) {
        String achievement = more.contains("achievementId") ? "" : ",\"achievementId\":\"first\"";
        return "{\"eventId\":\"%s\",\"type\":\"achievement_unlocked\",\"playerId\":\"%s\",\"occurredAt\":\"%s\"%s%s}"
                .formatted(id, player, at, achievement, more);
    }
}
