package io.gamemetrics.infrastructure.architecturetests.wrong.projections.metrics;

import io.gamemetrics.infrastructure.architecturetests.wrong.projections.games.GamesProjection;

record KnowsTheOtherProjection(GamesProjection projection) {}
