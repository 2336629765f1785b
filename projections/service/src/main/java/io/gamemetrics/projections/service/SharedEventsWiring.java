package io.gamemetrics.projections.service;

import io.gamemetrics.infrastructure.eventcatalog.RecentEvents;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.projections.runtime.SharedStream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** For a process of several projections to import: each live event is read from Kafka, and opened, once for all of them. */
@Configuration(proxyBeanMethods = false)
public class SharedEventsWiring {

    @Bean(destroyMethod = "close")
    RecentEvents recentEvents() {
        return RecentEvents.open();
    }

    @Bean(destroyMethod = "close")
    SharedStream sharedStream(StreamSettings stream) {
        return SharedStream.open(stream);
    }
}
