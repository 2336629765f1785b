package io.gamemetrics.commandside.game;

import io.gamemetrics.commandside.stock.StockCommands;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.web.Refusal;
import java.util.Optional;

/** Where commands of games go. */
public final class GameCommands {

    private final StockCommands commands;

    public GameCommands(EventStore store, EventCodec codec) {
        commands = new StockCommands(Game.class, store, codec, GameCommands::refusal);
    }

    /** @throws Refusal when the game says no, or does not exist */
    void send(GameCommand command) {
        commands.send(command);
    }

    private static Optional<Refusal> refusal(Throwable failure) {
        return failure instanceof BrokenRule broken
                ? Optional.of(new Refusal(GameProblem.of(broken.rule())))
                : Optional.empty();
    }
}
