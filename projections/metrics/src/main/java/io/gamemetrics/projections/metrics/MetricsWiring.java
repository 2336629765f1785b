package io.gamemetrics.projections.metrics;

import io.gamemetrics.projections.metricsstore.MetricsUpkeep;
import io.gamemetrics.projections.runtime.ProjectionSupervisor;
import io.gamemetrics.projections.service.ReadModels;
import io.gamemetrics.projections.service.ReplaysWiring;
import io.gamemetrics.projections.service.Supervisors;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The metrics projection and its tables. */
@Configuration(proxyBeanMethods = false)
@Import(ReplaysWiring.class)
public class MetricsWiring {

    @Bean
    MetricsVersions metricsVersions(
            ReadModels readModels,
            @Value("${gamemetrics.metrics.compress-after:#{null}}") @Nullable Duration compressAfter,
            @Value("${gamemetrics.metrics.keep-events-for:#{null}}") @Nullable Duration keepEventsFor,
            @Value("${gamemetrics.metrics.upkeep-every:10s}") Duration every) {
        return new MetricsVersions(readModels.connections(), new UpkeepSettings(compressAfter, keepEventsFor, every));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ProjectionSupervisor metricsSupervisor(MetricsVersions versions, Supervisors supervisors) {
        return supervisors.of(versions);
    }

    /** Trouble here slows answers down, or fills the disk, and makes none wrong: it is told, and takes nothing out of service. */
    @Bean
    HealthIndicator metricsUpkeepHealthIndicator(MetricsVersions versions) {
        return () -> {
            Health.Builder health = Health.up();
            versions.upkeep().forEach((number, status) -> health.withDetail("version " + number, details(status)));
            return health.build();
        };
    }

    private static Map<String, Object> details(MetricsUpkeep.Status status) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("worked", status.worked() == null ? "not yet" : status.worked());
        details.put("eventsFrom", status.eventsFrom() == null ? "all" : status.eventsFrom());
        details.put("problem", status.problem() == null ? "none" : status.problem());
        return details;
    }
}
