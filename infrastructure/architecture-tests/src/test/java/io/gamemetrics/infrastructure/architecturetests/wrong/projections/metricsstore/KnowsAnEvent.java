package io.gamemetrics.infrastructure.architecturetests.wrong.projections.metricsstore;

import io.gamemetrics.infrastructure.architecturetests.wrong.sharedkernel.game.GameEvent;

record KnowsAnEvent(GameEvent event) {}
