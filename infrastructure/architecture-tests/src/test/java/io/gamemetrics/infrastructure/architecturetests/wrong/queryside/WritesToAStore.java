package io.gamemetrics.infrastructure.architecturetests.wrong.queryside;

import io.gamemetrics.infrastructure.architecturetests.wrong.projections.metricsstore.MetricsWriter;

record WritesToAStore(MetricsWriter writer) {}
