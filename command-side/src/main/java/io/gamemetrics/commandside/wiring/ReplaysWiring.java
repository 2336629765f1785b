package io.gamemetrics.commandside.wiring;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.commandside.quarantine.QuarantineDesk;
import io.gamemetrics.commandside.quarantine.QuarantineRestApi;
import io.gamemetrics.commandside.replay.OfferRestApi;
import io.gamemetrics.commandside.replay.ReplayDesk;
import io.gamemetrics.commandside.replay.ReplayMeters;
import io.gamemetrics.commandside.replay.ReplayRestApi;
import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.replays.Offers;
import io.gamemetrics.infrastructure.replays.ReplaysException;
import io.gamemetrics.infrastructure.replays.Standings;
import io.gamemetrics.infrastructure.web.KnownFailures;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Operators' orders to projections, kept in the read models' database; left out where that is not configured. Whether it
 * answers is no question of this service's health: events are taken in without it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("gamemetrics.timescale.url")
@Import({ReplayRestApi.class, OfferRestApi.class, QuarantineRestApi.class})
public class ReplaysWiring {

    private static final int CONNECTIONS = 4;
    private static final long PATIENCE_MILLIS = 5_000;

    /** A type of its own, so that nobody takes it for just any database. */
    record ReplaysDatabase(HikariDataSource connections) implements AutoCloseable {
        @Override
        public void close() {
            connections.close();
        }
    }

    @Bean
    ReplaysDatabase replaysDatabase(
            @Value("${gamemetrics.timescale.url}") String url,
            @Value("${gamemetrics.timescale.user:postgres}") String user,
            @Value("${gamemetrics.timescale.password:}") String password) {
        HikariDataSource connections = new HikariDataSource();
        connections.setPoolName("replays");
        connections.setJdbcUrl(url);
        connections.setUsername(user);
        connections.setPassword(password);
        connections.setMaximumPoolSize(CONNECTIONS);
        connections.setMinimumIdle(0);
        connections.setConnectionTimeout(PATIENCE_MILLIS);
        connections.setInitializationFailTimeout(-1);
        return new ReplaysDatabase(connections);
    }

    @Bean
    ReplayDesk replayDesk(ReplaysDatabase database, EventStore store, Vault vault) {
        return new ReplayDesk(database.connections(), store, vault, EventCatalog.current());
    }

    @Bean
    Offers offers(ReplaysDatabase database) {
        return new Offers(database.connections());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ReplayMeters replayMeters(ReplaysDatabase database, MeterRegistry registry) {
        return new ReplayMeters(new Standings(database.connections()), registry);
    }

    @Bean
    QuarantineDesk quarantineDesk(ReplaysDatabase database, EventStore store) {
        return new QuarantineDesk(database.connections(), store);
    }

    @Bean
    KnownFailures replaysOutOfReach() {
        return ReplaysException.class::isInstance;
    }
}
