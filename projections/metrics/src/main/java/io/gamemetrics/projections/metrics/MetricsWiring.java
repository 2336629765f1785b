package io.gamemetrics.projections.metrics;

import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsUpkeep;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.runtime.ProjectionRunner;
import io.gamemetrics.projections.service.ReadModels;
import io.gamemetrics.projections.service.ReadModelsWiring;
import io.gamemetrics.projections.service.Runners;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;

/** The metrics projection and its tables. */
@Configuration(proxyBeanMethods = false)
@Import(ReadModelsWiring.class)
public class MetricsWiring {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsWiring.class);

    /** After the runner: that one makes the tables. */
    @Bean(initMethod = "start", destroyMethod = "close")
    @DependsOn("metricsRunner")
    MetricsUpkeep metricsUpkeep(
            ReadModels readModels,
            @Value("${gamemetrics.metrics.compress-after:#{null}}") @Nullable Duration compressAfter) {
        return new MetricsUpkeep(readModels.connections(), compressAfter);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionRunner metricsRunner(ReadModels readModels, Runners runners) {
        LOG.info("metrics are kept on {}", MetricsSchema.migrate(readModels.connections()));
        MetricsWriter writer = new MetricsWriter(readModels.connections(), MetricsProjection.NAME);
        return runners.of(new MetricsProjection(writer));
    }
}
