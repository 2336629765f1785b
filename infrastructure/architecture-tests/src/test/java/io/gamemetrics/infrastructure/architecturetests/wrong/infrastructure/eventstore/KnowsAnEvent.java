package io.gamemetrics.infrastructure.architecturetests.wrong.infrastructure.eventstore;

import io.gamemetrics.infrastructure.architecturetests.wrong.sharedkernel.game.GameEvent;

record KnowsAnEvent(GameEvent event) {}
