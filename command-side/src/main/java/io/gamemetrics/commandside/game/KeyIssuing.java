package io.gamemetrics.commandside.game;

import io.gamemetrics.commandside.game.GameCommand.IssueKey;
import io.gamemetrics.infrastructure.web.KeyHash;
import io.gamemetrics.sharedkernel.game.KeyKind;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes a key and has its game know it. */
final class KeyIssuing {

    private final GameCommands commands;
    private final GameViews views;
    private final GameKeys keys;
    private final Clock clock;

    KeyIssuing(GameCommands commands, GameViews views, GameKeys keys, Clock clock) {
        this.commands = commands;
        this.views = views;
        this.keys = keys;
        this.clock = clock;
    }

    GameKeys.NewKey issue(
            GameId game, int gameNumber, KeyKind kind, @Nullable String label, @Nullable Instant expiresAt) {
        GameKeys.NewKey key = keys.make(gameNumber, kind);
        commands.send(
                new IssueKey(game, key.keyId(), kind, label, KeyHash.of(key.secret()), expiresAt, clock.instant()));
        views.expire(game);
        return key;
    }
}
