package io.gamemetrics.infrastructure.architecturetests.wrong.projections.metrics;

import io.gamemetrics.infrastructure.architecturetests.wrong.commandside.Service;

record KnowsTheCommandSide(Service service) {}
