package io.gamemetrics.infrastructure.architecturetests.wrong.commandside;

import io.gamemetrics.infrastructure.architecturetests.wrong.projections.metricsstore.MetricsWriter;

record ReadsAReadModel(MetricsWriter writer) {}
