package io.gamemetrics.commandside.game;

import static io.gamemetrics.commandside.game.Games.GAME;
import static io.gamemetrics.commandside.game.Games.NOW;
import static io.gamemetrics.commandside.game.Games.givenCreatedAnd;

import io.gamemetrics.commandside.game.GameCommand.DefineLeaderboard;
import io.gamemetrics.sharedkernel.game.GameEvent;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined.Operator;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined.Order;
import io.gamemetrics.sharedkernel.game.GameEvent.LeaderboardDefined.Reset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DefineLeaderboardTest {

    @Test
    void aLeaderboardIsDefined() {
        givenCreatedAnd().when(define(Operator.BEST)).expectEvents(defined("top", Operator.BEST));
    }

    @Test
    void aLeaderboardIsDefinedAnew() {
        givenCreatedAnd(defined("top", Operator.BEST))
                .when(define(Operator.SUM))
                .expectEvents(defined("top", Operator.SUM));
    }

    @Test
    void whatChangesNothingIsNoEvent() {
        givenCreatedAnd(defined("top", Operator.BEST))
                .when(define(Operator.BEST))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void aGameHasNotEndlesslyManyLeaderboards() {
        GameEvent[] full = IntStream.range(0, Game.MAX_LEADERBOARDS)
                .mapToObj(i -> defined("board " + i, Operator.BEST))
                .toArray(GameEvent[]::new);
        givenCreatedAnd(full).refuses(define(Operator.BEST), GameRule.LEADERBOARDS_ARE_NOT_TOO_MANY);
    }

    private static DefineLeaderboard define(Operator operator) {
        return new DefineLeaderboard(GAME, "top", operator, Order.DESC, Reset.NEVER, NOW);
    }

    private static LeaderboardDefined defined(String board, Operator operator) {
        return new LeaderboardDefined(GAME, board, operator, Order.DESC, Reset.NEVER, NOW);
    }
}
