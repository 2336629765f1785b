package io.gamemetrics.commandside.wiring;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstream.EventPublisher;
import io.gamemetrics.infrastructure.eventstream.PublisherStatus;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way from the event store to Kafka; left out where no Kafka is configured. */
@Configuration(proxyBeanMethods = false)
public class StreamWiring {

    private static final String SERVERS = "gamemetrics.kafka.bootstrap-servers";

    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnProperty(SERVERS)
    EventPublisher eventPublisher(@Value("${" + SERVERS + "}") String servers, EventStore store) {
        EventCatalog catalog = EventCatalog.current();
        return new EventPublisher(StreamSettings.of(servers), store, catalog::isConfiguration);
    }

    /** A publisher that stopped needs an operator: nothing that is sent from then on would ever be counted. */
    @Bean
    @ConditionalOnProperty(SERVERS)
    HealthIndicator streamHealth(EventPublisher publisher) {
        return () -> publisher.status().state() == PublisherStatus.State.STOPPED
                ? Health.down().build()
                : Health.up().build();
    }
}
