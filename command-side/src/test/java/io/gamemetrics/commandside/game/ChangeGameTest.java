package io.gamemetrics.commandside.game;

import static io.gamemetrics.commandside.game.Games.EUR;
import static io.gamemetrics.commandside.game.Games.GAME;
import static io.gamemetrics.commandside.game.Games.NOW;
import static io.gamemetrics.commandside.game.Games.USD;
import static io.gamemetrics.commandside.game.Games.UTC;
import static io.gamemetrics.commandside.game.Games.givenCreatedAnd;

import io.gamemetrics.commandside.game.GameCommand.ChangeGame;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameChanged;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ChangeGameTest {

    @Test
    void anEventRepeatsWhatStays() {
        givenCreatedAnd()
                .when(new ChangeGame(GAME, "New", null, null, null, NOW))
                .expectEvents(new GameChanged(GAME, "New", UTC, USD, ActiveBy.ANY_EVENT, NOW));
    }

    @Test
    void everythingCanChangeAtOnce() {
        ZoneId kolkata = ZoneId.of("Asia/Kolkata");
        givenCreatedAnd()
                .when(new ChangeGame(GAME, "New", kolkata, EUR, ActiveBy.SESSION_START, NOW))
                .expectEvents(new GameChanged(GAME, "New", kolkata, EUR, ActiveBy.SESSION_START, NOW));
    }

    @Test
    void aChangeBuildsOnTheOneBefore() {
        givenCreatedAnd(new GameChanged(GAME, "Second", UTC, EUR, ActiveBy.ANY_EVENT, NOW))
                .when(new ChangeGame(GAME, null, null, null, ActiveBy.SESSION_START, NOW))
                .expectEvents(new GameChanged(GAME, "Second", UTC, EUR, ActiveBy.SESSION_START, NOW));
    }

    @Test
    void whatChangesNothingIsNoEvent() {
        givenCreatedAnd()
                .when(new ChangeGame(GAME, "Intendo", UTC, USD, null, NOW))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }
}
