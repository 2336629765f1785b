package io.gamemetrics.projections.service;

import io.gamemetrics.infrastructure.eventcatalog.RecentEvents;
import io.gamemetrics.infrastructure.eventcatalog.VaultEventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.projections.runtime.Running;
import io.gamemetrics.projections.runtime.SharedStream;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runners, and how those that run are doing. */
@Configuration(proxyBeanMethods = false)
class RunnersWiring {

    /**
     * @param recent there in a process of several projections
     * @param shared likewise
     */
    @Bean
    Runners runners(
            StreamSettings stream,
            EventStore store,
            Vault vault,
            ObjectProvider<RecentEvents> recent,
            ObjectProvider<SharedStream> shared) {
        VaultEventCodec codec = new VaultEventCodec(vault);
        RecentEvents opened = recent.getIfAvailable();
        return new Runners(
                stream, store, opened == null ? () -> codec : () -> codec.sharing(opened), shared.getIfAvailable());
    }

    /** One line a projection. By this name it does not get into the way of a process called so. */
    @Bean
    HealthContributor projectionsHealthContributor(List<Running> running) {
        return CompositeHealthContributor.fromMap(
                running.stream()
                        .collect(Collectors.toMap(runner -> runner.status().projection(), Function.identity())),
                RunnersWiring::health);
    }

    private static HealthIndicator health(Running runner) {
        return () -> (runner.status().isHealthy() ? Health.up() : Health.down()).build();
    }
}
