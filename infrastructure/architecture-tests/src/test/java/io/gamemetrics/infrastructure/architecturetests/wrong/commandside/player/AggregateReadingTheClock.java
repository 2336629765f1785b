package io.gamemetrics.infrastructure.architecturetests.wrong.commandside.player;

import java.util.UUID;
import org.axonframework.modelling.command.AggregateIdentifier;

/** Its rule reads the clock, so that the check has to look further than the aggregate itself. */
final class AggregateReadingTheClock {

    @AggregateIdentifier
    private final UUID player;

    AggregateReadingTheClock(UUID player) {
        this.player = player;
    }

    boolean decide() {
        return new RuleReadingTheClock(player).holds();
    }
}
