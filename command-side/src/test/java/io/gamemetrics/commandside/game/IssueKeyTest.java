package io.gamemetrics.commandside.game;

import static io.gamemetrics.commandside.game.Games.GAME;
import static io.gamemetrics.commandside.game.Games.NOW;
import static io.gamemetrics.commandside.game.Games.givenCreatedAnd;

import io.gamemetrics.commandside.game.GameCommand.IssueKey;
import io.gamemetrics.sharedkernel.game.GameEvent;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyIssued;
import io.gamemetrics.sharedkernel.game.KeyKind;
import java.time.Instant;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IssueKeyTest {

    @Test
    void anEventKeepsTheHashOfTheSecret() {
        givenCreatedAnd().when(issue(null)).expectEvents(issued("1xa", null));
    }

    @Test
    void aKeyMayExpireInTheFuture() {
        Instant later = NOW.plusMillis(1);
        givenCreatedAnd().when(issue(later)).expectEvents(issued("1xa", later));
    }

    @Test
    void aKeyIsNotBornExpired() {
        givenCreatedAnd().refuses(issue(NOW), GameRule.KEY_EXPIRES_IN_THE_FUTURE);
    }

    @Test
    void aGameHasNotEndlesslyManyKeys() {
        GameEvent[] full = IntStream.range(0, Game.MAX_KEYS)
                .mapToObj(i -> issued("1x" + i, null))
                .toArray(GameEvent[]::new);
        givenCreatedAnd(full).refuses(issue(null), GameRule.KEYS_ARE_NOT_TOO_MANY);
    }

    private static IssueKey issue(@Nullable Instant expiresAt) {
        return new IssueKey(GAME, "1xa", KeyKind.INGEST, "ci", "hash", expiresAt, NOW);
    }

    private static KeyIssued issued(String id, @Nullable Instant expiresAt) {
        return new KeyIssued(GAME, id, KeyKind.INGEST, "ci", "hash", expiresAt, NOW);
    }
}
