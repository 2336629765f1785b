package io.gamemetrics.infrastructure.architecturetests.wrong.projections.metrics;

import io.gamemetrics.infrastructure.architecturetests.wrong.sharedkernel.game.GameEvent;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventHandler;

final class HandlerReadingTheClock {

    private final List<String> seen = new ArrayList<>();

    @EventHandler
    void on(GameEvent event) {
        seen.add(event + " at " + System.currentTimeMillis());
    }
}
