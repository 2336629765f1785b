package io.gamemetrics.commandside.game;

import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.Matchers;

/** Given what happened to a game, when an administrator asks for something, then this happens: in few words. */
final class Games {

    static final GameId GAME = new GameId("intendo");
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final ZoneId UTC = ZoneId.of("UTC");
    static final Currency USD = Currency.getInstance("USD");
    static final Currency EUR = Currency.getInstance("EUR");
    static final GameCreated CREATED = new GameCreated(GAME, "Intendo", UTC, USD, ActiveBy.ANY_EVENT, Stage.LIVE, NOW);

    private Games() {}

    /** The game was created, and this happened since. */
    static Given givenCreatedAnd(GameEvent... since) {
        return new Given(new AggregateTestFixture<>(Game.class).given(CREATED).andGiven((Object[]) since));
    }

    static Given givenNothing() {
        return new Given(new AggregateTestFixture<>(Game.class).givenNoPriorActivity());
    }

    record Given(org.axonframework.test.aggregate.TestExecutor<Game> past) {

        ResultValidator<Game> when(GameCommand command) {
            return past.when(command);
        }

        void refuses(GameCommand command, GameRule rule) {
            when(command)
                    .expectNoEvents()
                    .expectException(Matchers.allOf(
                            Matchers.instanceOf(BrokenRule.class),
                            Matchers.hasProperty("message", Matchers.is(rule.name()))));
        }
    }
}
