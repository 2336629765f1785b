package io.gamemetrics.projections.service;

import io.gamemetrics.infrastructure.eventcatalog.RecentEvents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** For a process of several projections to import: each live event is opened once for all of them. */
@Configuration(proxyBeanMethods = false)
public class SharedEventsWiring {

    @Bean(destroyMethod = "close")
    RecentEvents recentEvents() {
        return RecentEvents.open();
    }
}
