package io.gamemetrics.infrastructure.architecturetests.wrong.commandside.player;

import java.time.Instant;
import java.util.UUID;

record RuleReadingTheClock(UUID player) {
    boolean holds() {
        return Instant.now().isAfter(Instant.EPOCH) && player.version() == 4;
    }
}
