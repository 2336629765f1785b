package io.gamemetrics.projections.metrics;

import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsUpkeep;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.runtime.ProjectionRunner;
import io.gamemetrics.projections.service.ReadModels;
import io.gamemetrics.projections.service.ReadModelsWiring;
import io.gamemetrics.projections.service.Runners;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
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
            @Value("${gamemetrics.metrics.compress-after:#{null}}") @Nullable Duration compressAfter,
            @Value("${gamemetrics.metrics.keep-events-for:#{null}}") @Nullable Duration keepEventsFor,
            @Value("${gamemetrics.metrics.upkeep-every:10s}") Duration every) {
        return new MetricsUpkeep(readModels.connections(), compressAfter, keepEventsFor, every);
    }

    /** Trouble here slows answers down, or fills the disk, and makes none wrong: it is told, and takes nothing out of service. */
    @Bean
    HealthIndicator metricsUpkeepHealthIndicator(MetricsUpkeep upkeep) {
        return () -> {
            MetricsUpkeep.Status status = upkeep.status();
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("worked", status.worked() == null ? "not yet" : status.worked());
            details.put("eventsFrom", status.eventsFrom() == null ? "all" : status.eventsFrom());
            details.put("problem", status.problem() == null ? "none" : status.problem());
            return Health.up().withDetails(details).build();
        };
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionRunner metricsRunner(ReadModels readModels, Runners runners) {
        LOG.info("metrics are kept on {}", MetricsSchema.migrate(readModels.connections()));
        MetricsWriter writer = new MetricsWriter(readModels.connections(), MetricsProjection.NAME);
        return runners.of(new MetricsProjection(writer));
    }
}
