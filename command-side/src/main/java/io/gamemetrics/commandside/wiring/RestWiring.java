package io.gamemetrics.commandside.wiring;

import io.gamemetrics.commandside.datasubject.AuditRestApi;
import io.gamemetrics.commandside.datasubject.DataSubjectsRestApi;
import io.gamemetrics.commandside.datasubject.KeptRestApi;
import io.gamemetrics.commandside.datasubject.PlayersRestApi;
import io.gamemetrics.commandside.documents.DocumentsRestApi;
import io.gamemetrics.commandside.game.GameRestApi;
import io.gamemetrics.commandside.game.KeyRestApi;
import io.gamemetrics.commandside.ingestion.EventsRestApi;
import io.gamemetrics.commandside.ingestion.RateLimitFilter;
import io.gamemetrics.commandside.keyepoch.KeyEpochsRestApi;
import io.gamemetrics.commandside.moderation.BansRestApi;
import io.gamemetrics.commandside.rejected.RejectedEventsRestApi;
import io.gamemetrics.infrastructure.eventstore.EventStoreException;
import io.gamemetrics.infrastructure.privacy.VaultUnavailableException;
import io.gamemetrics.infrastructure.web.KnownFailures;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** What answers HTTP. */
@Configuration(proxyBeanMethods = false)
@Import({
    GameRestApi.class,
    KeyRestApi.class,
    EventsRestApi.class,
    BansRestApi.class,
    RejectedEventsRestApi.class,
    DataSubjectsRestApi.class,
    KeptRestApi.class,
    AuditRestApi.class,
    PlayersRestApi.class,
    KeyEpochsRestApi.class,
    DocumentsRestApi.class
})
public class RestWiring {

    /** A store that can't be reached is back some time: whoever asks again then gets what they asked for. */
    @Bean
    KnownFailures storesOutOfReach() {
        return failure -> failure instanceof EventStoreException || failure instanceof VaultUnavailableException;
    }

    /** Outside of authentication, so that those it turns away are told too. */
    @Bean
    FilterRegistrationBean<RateLimitFilter> rateLimitFilter() {
        FilterRegistrationBean<RateLimitFilter> registration = new FilterRegistrationBean<>(new RateLimitFilter());
        registration.addUrlPatterns(RateLimitFilter.PATTERN);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }
}
