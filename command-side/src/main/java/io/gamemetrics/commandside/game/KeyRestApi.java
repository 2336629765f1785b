package io.gamemetrics.commandside.game;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gamemetrics.commandside.game.GameCommand.RevokeKey;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.sharedkernel.game.KeyKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A game's keys, over HTTP. */
@RestController
@RequestMapping("/v1/games/{game}/keys")
public final class KeyRestApi {

    private final GameCommands commands;
    private final GameViews views;
    private final KeyUses uses;
    private final KeyIssuing issuing;
    private final Clock clock;

    public KeyRestApi(GameCommands commands, GameViews views, GameKeys keys, KeyUses uses, Clock clock) {
        this.commands = commands;
        this.views = views;
        this.uses = uses;
        this.issuing = new KeyIssuing(commands, views, keys, clock);
        this.clock = clock;
    }

    record NewKey(
            @Nullable String kind,
            @Nullable String label,
            @Nullable String expiresAt) {

        /** Nothing of it: Spring logs it as it was sent, and what goes astray here may be a key. */
        @Override
        public String toString() {
            return "NewKey[…]";
        }
    }

    /** A new key's id and secret, shown this once. */
    record CreatedKey(String keyId, String secret) {

        @Override
        public String toString() {
            return "CreatedKey[keyId=" + keyId + "]";
        }
    }

    /** @param lastUsedAt on another replica up to a minute ago more; absent: never */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Key(
            String keyId,
            KeyKind kind,
            @Nullable String label,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CreatedKey issue(Caller caller, @PathVariable GameId game, @RequestBody NewKey body) {
        caller.require(Role.ADMIN, game);
        GameKeys.NewKey key = issuing.issue(
                game,
                existing(game).number(),
                GameFields.word("kind", KeyKind.class, body.kind()),
                GameFields.optionalText("label", body.label()),
                GameFields.instant("expiresAt", body.expiresAt()));
        return new CreatedKey(key.keyId(), key.secret());
    }

    @GetMapping
    List<Key> list(Caller caller, @PathVariable GameId game) {
        caller.require(Role.ADMIN, game);
        GameView view = existing(game);
        Map<String, Instant> lastUses = uses.of(view.number());
        return view.state().keys().values().stream()
                .map(key -> new Key(
                        key.keyId(), key.kind(), key.label(), key.at(), key.expiresAt(), lastUses.get(key.keyId())))
                .toList();
    }

    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, @PathVariable GameId game, @PathVariable("key") String key) {
        caller.require(Role.ADMIN, game);
        commands.send(new RevokeKey(game, key, clock.instant()));
        views.expire(game);
    }

    private GameView existing(GameId game) {
        return views.find(game).orElseThrow(() -> new Refusal(RequestProblem.NOT_FOUND));
    }
}
