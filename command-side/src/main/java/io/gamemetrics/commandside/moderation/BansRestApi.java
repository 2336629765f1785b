package io.gamemetrics.commandside.moderation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gamemetrics.commandside.game.GameView;
import io.gamemetrics.commandside.game.GameViews;
import io.gamemetrics.commandside.ingestion.PlayerCommands;
import io.gamemetrics.commandside.player.BanFromLeaderboard;
import io.gamemetrics.commandside.player.PlayerCommand;
import io.gamemetrics.commandside.player.UnbanFromLeaderboard;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes players off leaderboards and lets them back, over HTTP. Asking for what is so already changes nothing. With an
 * {@code Idempotency-Key} a request that was carried out once is not carried out again, whatever was decided since.
 */
@RestController
@RequestMapping("/v1/games/{game}")
public final class BansRestApi {

    private static final int MAX_TEXT = 256;
    private static final String NO_SUCH_PLAYER = "The game has no such player.";

    private final GameViews games;
    private final Vault vault;
    private final PlayerCommands players;
    private final Clock clock;

    public BansRestApi(GameViews games, Vault vault, PlayerCommands players, Clock clock) {
        this.games = games;
        this.vault = vault;
        this.players = players;
        this.clock = clock;
    }

    /** @param reason why, in the moderator's words; absent: not told */
    record Ban(@Nullable String reason) {

        @Override
        public String toString() {
            return "Ban[…]";
        }
    }

    @PutMapping("/bans/{player}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void ban(
            Caller caller,
            @PathVariable GameId game,
            @PathVariable("player") String player,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody(required = false) @Nullable Ban body) {
        ban(caller, moderated(caller, game), null, player, key, body);
    }

    @PutMapping("/leaderboards/{leaderboard}/bans/{player}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void banFromBoard(
            Caller caller,
            @PathVariable GameId game,
            @PathVariable("leaderboard") String leaderboard,
            @PathVariable("player") String player,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody(required = false) @Nullable Ban body) {
        ban(caller, moderated(caller, game), leaderboard, player, key, body);
    }

    @DeleteMapping("/bans/{player}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unban(
            Caller caller,
            @PathVariable GameId game,
            @PathVariable("player") String player,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        unban(caller, moderated(caller, game), null, player, key);
    }

    @DeleteMapping("/leaderboards/{leaderboard}/bans/{player}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unbanFromBoard(
            Caller caller,
            @PathVariable GameId game,
            @PathVariable("leaderboard") String leaderboard,
            @PathVariable("player") String player,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        unban(caller, moderated(caller, game), leaderboard, player, key);
    }

    private void ban(
            Caller caller,
            GameView game,
            @Nullable String board,
            String player,
            @Nullable String key,
            @Nullable Ban body) {
        send(new BanFromLeaderboard(
                pseudonym(game, board, player),
                board,
                decisionId("ban", board, key),
                clock.instant(),
                caller.name(),
                reason(body)));
    }

    private void unban(Caller caller, GameView game, @Nullable String board, String player, @Nullable String key) {
        send(new UnbanFromLeaderboard(
                pseudonym(game, board, player),
                board,
                decisionId("unban", board, key),
                clock.instant(),
                caller.name()));
    }

    private void send(PlayerCommand command) {
        switch (players.moderate(command)) {
            case DONE, UNCHANGED -> {}
            case TOO_MANY_BOARDS -> throw new Refusal(ModerationProblem.BANS_TOO_MANY);
            case ERASED -> throw new Refusal(RequestProblem.NOT_FOUND, NO_SUCH_PLAYER);
        }
    }

    private GameView moderated(Caller caller, GameId game) {
        caller.require(Role.OPERATOR, game);
        return games.current(game).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
    }

    /** Only of a player who is known already: a mistyped id makes nobody. */
    private Pseudonym pseudonym(GameView game, @Nullable String board, String player) {
        if (board != null && !game.leaderboards().contains(board)) {
            throw new Refusal(RequestProblem.NOT_FOUND, "The game has no such leaderboard.");
        }
        Vault.Subject subject = null;
        try {
            PlayerId id = new PlayerId(player);
            subject = vault.findSubjects(game.number(), List.of(id)).get(id);
        } catch (IllegalArgumentException e) {
            // What can't be a player's id is nobody's.
        }
        if (subject == null) {
            throw new Refusal(RequestProblem.NOT_FOUND, NO_SUCH_PLAYER);
        }
        return subject.pseudonym();
    }

    private static @Nullable String reason(@Nullable Ban body) {
        String reason = body == null ? null : body.reason();
        if (reason != null && (reason.isBlank() || reason.length() > MAX_TEXT || reason.indexOf('\0') >= 0)) {
            throw new Refusal(ModerationProblem.REASON_INVALID).with("pointer", "/reason");
        }
        return reason;
    }

    /** The same for the same wish under the same key; random without one. */
    private static EventId decisionId(String wish, @Nullable String board, @Nullable String key) {
        if (key == null) {
            return new EventId(UUID.randomUUID().toString());
        }
        if (key.isBlank() || key.length() > MAX_TEXT) {
            throw new Refusal(RequestProblem.PARAMETER_MALFORMED, "Idempotency-Key has 1 to 256 characters.");
        }
        String name = wish + '\n' + key + '\n' + (board == null ? "" : "board:" + board);
        return new EventId(UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString());
    }
}
