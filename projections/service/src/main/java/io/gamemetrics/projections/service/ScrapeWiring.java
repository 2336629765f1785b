package io.gamemetrics.projections.service;

import io.gamemetrics.projections.runtime.ProjectionStatus;
import io.gamemetrics.projections.runtime.Running;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What monitoring reads of this process, and who may read it. How far a projection is as a whole tells the command side,
 * which is there when this process is not.
 */
@Configuration(proxyBeanMethods = false)
class ScrapeWiring {

    @Bean
    FilterRegistrationBean<ScrapeGate> scrapeGate(
            @Value("${gamemetrics.scrape-token:#{null}}") @Nullable String token) {
        return new FilterRegistrationBean<>(new ScrapeGate(token));
    }

    /** One line a projection. A value nobody knows is no number. */
    @Bean
    MeterBinder projectionsHere(List<Running> running) {
        return registry -> running.forEach(runner -> {
            Tags tags = Tags.of("projection", runner.status().projection());
            gauge(
                    registry,
                    "gamemetrics.instance.healthy",
                    "1 when nothing is wrong here",
                    tags,
                    runner,
                    status -> status.isHealthy() ? 1 : 0);
            gauge(
                    registry,
                    "gamemetrics.instance.partitions",
                    "Partitions of the stream this process has",
                    tags,
                    runner,
                    status -> status.partitions().size());
            gauge(
                    registry,
                    "gamemetrics.instance.lag.seconds",
                    "Age of the oldest event not handled here",
                    tags,
                    runner,
                    status -> status.lag(Clock.systemUTC())
                            .map(ScrapeWiring::seconds)
                            .orElse(Double.NaN));
            gauge(
                    registry,
                    "gamemetrics.instance.quarantined.streams",
                    "Streams here whose events wait",
                    tags,
                    runner,
                    ProjectionStatus::quarantined);
        });
    }

    private static double seconds(Duration lag) {
        return lag.toMillis() / 1_000.0;
    }

    private static void gauge(
            MeterRegistry registry,
            String name,
            String description,
            Tags tags,
            Running runner,
            ToDoubleFunction<ProjectionStatus> value) {
        Gauge.builder(name, runner, known -> value.applyAsDouble(known.status()))
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
