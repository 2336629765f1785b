package io.gamemetrics.commandside.game;

import static io.gamemetrics.commandside.game.Games.CREATED;
import static io.gamemetrics.commandside.game.Games.GAME;
import static io.gamemetrics.commandside.game.Games.NOW;
import static io.gamemetrics.commandside.game.Games.USD;
import static io.gamemetrics.commandside.game.Games.UTC;
import static io.gamemetrics.commandside.game.Games.givenCreatedAnd;
import static io.gamemetrics.commandside.game.Games.givenNothing;

import io.gamemetrics.commandside.game.GameCommand.CreateGame;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.Stage;
import org.junit.jupiter.api.Test;

class CreateGameTest {

    private static final CreateGame CREATE =
            new CreateGame(GAME, "Intendo", UTC, USD, ActiveBy.ANY_EVENT, Stage.LIVE, NOW);

    @Test
    void aGameBeginsWithItsCreation() {
        givenNothing().when(CREATE).expectSuccessfulHandlerExecution().expectEvents(CREATED);
    }

    @Test
    void aGameIsCreatedOnce() {
        givenCreatedAnd().refuses(CREATE, GameRule.GAME_IDS_ARE_UNIQUE);
    }
}
