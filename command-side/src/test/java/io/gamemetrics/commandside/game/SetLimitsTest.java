package io.gamemetrics.commandside.game;

import static io.gamemetrics.commandside.game.Games.GAME;
import static io.gamemetrics.commandside.game.Games.NOW;
import static io.gamemetrics.commandside.game.Games.givenCreatedAnd;

import io.gamemetrics.commandside.game.GameCommand.SetLimits;
import io.gamemetrics.sharedkernel.game.GameEvent.LimitsSet;
import org.junit.jupiter.api.Test;

class SetLimitsTest {

    @Test
    void limitsAreSetTogether() {
        givenCreatedAnd().when(new SetLimits(GAME, 10, 20, 30, NOW)).expectEvents(new LimitsSet(GAME, 10, 20, 30, NOW));
    }

    @Test
    void whatIsAbsentIsUnlimitedAgain() {
        givenCreatedAnd(new LimitsSet(GAME, 10, 20, 30, NOW))
                .when(new SetLimits(GAME, null, null, null, NOW))
                .expectEvents(new LimitsSet(GAME, null, null, null, NOW));
    }

    @Test
    void limitsArePositive() {
        givenCreatedAnd().refuses(new SetLimits(GAME, 0, null, null, NOW), GameRule.LIMITS_ARE_POSITIVE);
        givenCreatedAnd().refuses(new SetLimits(GAME, null, 0, null, NOW), GameRule.LIMITS_ARE_POSITIVE);
        givenCreatedAnd().refuses(new SetLimits(GAME, null, null, -1, NOW), GameRule.LIMITS_ARE_POSITIVE);
    }
}
