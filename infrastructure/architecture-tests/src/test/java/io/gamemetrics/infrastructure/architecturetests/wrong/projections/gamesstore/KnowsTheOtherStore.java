package io.gamemetrics.infrastructure.architecturetests.wrong.projections.gamesstore;

import io.gamemetrics.infrastructure.architecturetests.wrong.projections.metricsstore.MetricsWriter;

record KnowsTheOtherStore(MetricsWriter writer) {}
