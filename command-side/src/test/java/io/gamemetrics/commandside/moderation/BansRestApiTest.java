package io.gamemetrics.commandside.moderation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.commandside.SharedCommandSide;
import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardBanned;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LeaderboardUnbanned;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bans over HTTP, on real servers: what is asked for becomes an event of the player's own stream, once. */
@ExtendWith(SharedCommandSide.class)
class BansRestApiTest {

    private static TestCommandSide server;

    private String game;
    private String key;
    private String operator;

    @BeforeAll
    static void start() {
        server = SharedCommandSide.server();
    }

    @BeforeEach
    void createGame() {
        game = SharedCommandSide.newGame();
        key = server.createGame(game);
        operator = server.person(Map.of(game, Set.of(Role.OPERATOR)));
        define("top");
        assertThat(server.events(game, key, score("e1", "p-17", "top")).body().get("accepted"))
                .hasToString("1");
    }

    @Test
    void aBanAndItsLiftingAreEventsOfThePlayersOwnStream() {
        assertThat(ask("PUT", "/leaderboards/top/bans/p-17", "{\"reason\":\"an impossible score\"}"))
                .isEqualTo(204);
        assertThat(ask("PUT", "/bans/p-17", "")).isEqualTo(204);
        assertThat(ask("DELETE", "/leaderboards/top/bans/p-17", "")).isEqualTo(204);
        assertThat(ask("DELETE", "/bans/p-17", "")).isEqualTo(204);

        List<Object> events = events("p-17");
        assertThat(events).hasSize(5);
        assertThat(events.get(1)).isInstanceOfSatisfying(LeaderboardBanned.class, banned -> {
            assertThat(banned.leaderboardId()).isEqualTo("top");
            assertThat(banned.reason()).isEqualTo("an impossible score");
            assertThat(banned.by()).isEqualTo("tester");
        });
        assertThat(events.get(2)).isInstanceOfSatisfying(LeaderboardBanned.class, banned -> {
            assertThat(banned.leaderboardId()).isNull();
            assertThat(banned.reason()).isNull();
        });
        assertThat(events.get(3))
                .isInstanceOfSatisfying(LeaderboardUnbanned.class, lifted -> assertThat(lifted.leaderboardId())
                        .isEqualTo("top"));
        assertThat(events.get(4))
                .isInstanceOfSatisfying(LeaderboardUnbanned.class, lifted -> assertThat(lifted.leaderboardId())
                        .isNull());
    }

    @Test
    void askingAgainChangesNothing() {
        for (int i = 0; i < 3; i++) {
            assertThat(ask("DELETE", "/bans/p-17", "")).isEqualTo(204);
            assertThat(ask("PUT", "/leaderboards/top/bans/p-17", "")).isEqualTo(204);
        }
        assertThat(events("p-17")).hasSize(2);
    }

    @Test
    void aRequestWithAKeyIsCarriedOutOnceWhateverWasDecidedSince() {
        String[] first = {"Idempotency-Key", "case-7"};
        assertThat(ask("PUT", "/bans/p-17", "", first)).isEqualTo(204);
        assertThat(ask("DELETE", "/bans/p-17", "", first)).isEqualTo(204);
        assertThat(ask("PUT", "/bans/p-17", "", first)).isEqualTo(204);
        assertThat(events("p-17")).hasSize(3);
        assertThat(ask("PUT", "/bans/p-17", "", "Idempotency-Key", "case-8")).isEqualTo(204);
        assertThat(ask("PUT", "/leaderboards/top/bans/p-17", "", first)).isEqualTo(204);
        assertThat(events("p-17")).hasSize(5);
        assertThat(ask("PUT", "/bans/p-17", "", "Idempotency-Key", "x".repeat(257)))
                .isEqualTo(400);
    }

    @Test
    void aBannedPlayerGoesOnPlaying() {
        ask("PUT", "/bans/p-17", "");
        assertThat(server.events(game, key, score("e2", "p-17", "top")).body().get("accepted"))
                .hasToString("1");
        assertThat(server.events(game, key, score("e1", "p-17", "top")).body().get("duplicates"))
                .hasToString("1");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/bans/nobody,404,notFound",
        "DELETE,/bans/nobody,404,notFound",
        "PUT,/leaderboards/never-defined/bans/p-17,404,notFound",
        "DELETE,/leaderboards/never-defined/bans/p-17,404,notFound",
    })
    void whatDoesNotExistIsNotFound(String method, String path, int status, String code) {
        Answer answer = send(method, path, operator, "");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("code").textValue()).isEqualTo(code);
        assertThat(vaultKnows("nobody")).isFalse();
    }

    @Test
    void onlyAnOperatorOrAnAdministratorModerates() {
        for (Role role : List.of(Role.ANALYST, Role.SUPPORT, Role.PRIVACY)) {
            String token = server.person(Map.of(game, Set.of(role)));
            assertThat(send("PUT", "/bans/p-17", token, "").status())
                    .as("%s", role)
                    .isEqualTo(403);
            assertThat(send("DELETE", "/bans/p-17", token, "").status())
                    .as("%s", role)
                    .isEqualTo(403);
        }
        String stranger = server.person(Map.of("another-game", Set.of(Role.OPERATOR)));
        assertThat(send("PUT", "/bans/p-17", stranger, "").status()).isEqualTo(404);
        assertThat(send("PUT", "/leaderboards/top/bans/p-17", key, "").status()).isEqualTo(403);
        assertThat(send("PUT", "/bans/p-17", server.admin(), "").status()).isEqualTo(204);
        assertThat(events("p-17")).hasSize(2);
    }

    @Test
    void aReasonHasItsLimit() {
        Answer answer = send("PUT", "/bans/p-17", operator, "{\"reason\":\"" + "x".repeat(257) + "\"}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().get("code").textValue()).isEqualTo("ban.reason.invalid");
    }

    @Test
    void moreSingleBoardsThanThereIsRoomForAreRefused() {
        IntStream.range(0, 32).forEach(i -> {
            define("board-" + i);
            assertThat(ask("PUT", "/leaderboards/board-" + i + "/bans/p-17", ""))
                    .isEqualTo(204);
        });
        Answer answer = send("PUT", "/leaderboards/top/bans/p-17", operator, "");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().get("code").textValue()).isEqualTo("bans.tooMany");
        assertThat(server.get("/v1/problems/bans.tooMany", operator).status()).isEqualTo(200);
    }

    @Test
    void aLeaderboardCountsFromTheMomentItIsDefinedOnEveryReplica() {
        server.events(game, key, score("warm", "p-17", "top"));
        for (int i = 0; i < 3; i++) {
            Answer unknown = server.events(game, key, score("new-" + i, "p-17", "new-board-" + i));
            assertThat(unknown.body().at("/problems/0/code").textValue()).isEqualTo("score.leaderboard.unknown");
            assertThat(unknown.body().at("/problems/0/pointer").textValue()).isEqualTo("/leaderboardId");
        }
        TestCommandSide replica = SharedCommandSide.replica();
        replica.events(game, key, score("warm", "p-17", "top"));
        define("new-board-0");
        assertThat(replica.events(game, key, score("new-0", "p-17", "new-board-0"))
                        .body()
                        .get("accepted"))
                .hasToString("1");
    }

    private void define(String board) {
        assertThat(server.admin("PUT", "/v1/games/" + game + "/leaderboards/" + board, "{}")
                        .status())
                .isEqualTo(200);
    }

    private int ask(String method, String path, String body, String... headers) {
        return send(method, path, operator, body, headers).status();
    }

    private Answer send(String method, String path, String token, String body, String... headers) {
        return server.send(
                method,
                "/v1/games/" + game + path,
                token,
                "application/json",
                body.getBytes(StandardCharsets.UTF_8),
                headers);
    }

    private List<Object> events(String player) {
        Vault vault = server.context().getBean(Vault.class);
        PlayerId id = new PlayerId(player);
        Vault.Subject subject =
                requireNonNull(vault.findSubjects(gameNumber(), List.of(id)).get(id));
        UUID stream = subject.pseudonym().value();
        EventCodec codec = server.context().getBean(EventCodec.class);
        return codec.decode(server.context().getBean(EventStore.class).readStream(stream, 0, 100)).stream()
                .<Object>map(decoded -> ((Decoded.Event) decoded).payload())
                .toList();
    }

    private boolean vaultKnows(String player) {
        return server.context()
                .getBean(Vault.class)
                .findSubjects(gameNumber(), List.of(new PlayerId(player)))
                .containsKey(new PlayerId(player));
    }

    private int gameNumber() {
        return server.context()
                .getBean(Vault.class)
                .findGameNumber(new GameId(game))
                .orElseThrow();
    }

    private static String score(String id, String player, String board) {
        return """
            [{"eventId":"%s","type":"score_submitted","playerId":"%s","occurredAt":"2026-01-01T10:15:30Z",
              "leaderboardId":"%s","score":12}]""".formatted(id, player, board);
    }
}
