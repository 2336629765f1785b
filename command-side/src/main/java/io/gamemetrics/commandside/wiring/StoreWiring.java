package io.gamemetrics.commandside.wiring;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The event store. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreSettings.class)
public class StoreWiring {

    @Bean(destroyMethod = "close")
    EventStore eventStore(StoreSettings settings) {
        return PostgresEventStore.open(settings.forStore());
    }
}
