package io.gamemetrics.commandside.wiring;

import io.gamemetrics.commandside.documents.DocumentsRestApi;
import io.gamemetrics.commandside.game.GameRestApi;
import io.gamemetrics.commandside.game.KeyRestApi;
import io.gamemetrics.commandside.ingestion.EventsRestApi;
import io.gamemetrics.commandside.ingestion.RateLimitFilter;
import io.gamemetrics.commandside.moderation.BansRestApi;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** What answers HTTP. */
@Configuration(proxyBeanMethods = false)
@Import({GameRestApi.class, KeyRestApi.class, EventsRestApi.class, BansRestApi.class, DocumentsRestApi.class})
public class RestWiring {

    /** Outside of authentication, so that those it turns away are told too. */
    @Bean
    FilterRegistrationBean<RateLimitFilter> rateLimitFilter() {
        FilterRegistrationBean<RateLimitFilter> registration = new FilterRegistrationBean<>(new RateLimitFilter());
        registration.addUrlPatterns(RateLimitFilter.PATTERN);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }
}
