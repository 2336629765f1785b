package io.gamemetrics.commandside.game;

import static io.gamemetrics.commandside.game.Games.GAME;
import static io.gamemetrics.commandside.game.Games.NOW;
import static io.gamemetrics.commandside.game.Games.givenCreatedAnd;

import io.gamemetrics.commandside.game.GameCommand.RevokeKey;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyIssued;
import io.gamemetrics.sharedkernel.game.GameEvent.KeyRevoked;
import io.gamemetrics.sharedkernel.game.KeyKind;
import org.junit.jupiter.api.Test;

class RevokeKeyTest {

    private static final KeyIssued ISSUED = new KeyIssued(GAME, "1xa", KeyKind.READ, null, "hash", null, NOW);
    private static final KeyRevoked REVOKED = new KeyRevoked(GAME, "1xa", NOW);
    private static final RevokeKey REVOKE = new RevokeKey(GAME, "1xa", NOW);

    @Test
    void aKeyIsRevoked() {
        givenCreatedAnd(ISSUED).when(REVOKE).expectEvents(REVOKED);
    }

    @Test
    void aKeyIsRevokedOnce() {
        givenCreatedAnd(ISSUED, REVOKED).refuses(REVOKE, GameRule.KEY_EXISTS);
    }

    @Test
    void aKeyThatNeverWasIsNotRevoked() {
        givenCreatedAnd().refuses(REVOKE, GameRule.KEY_EXISTS);
    }
}
