package io.gamemetrics.commandside.wiring;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.commandside.datasubject.DataExports;
import io.gamemetrics.commandside.datasubject.ExportDesk;
import io.gamemetrics.commandside.datasubject.ExportRestApi;
import io.gamemetrics.commandside.datasubject.PersonStores;
import io.gamemetrics.commandside.datasubject.PlanDesk;
import io.gamemetrics.commandside.datasubject.PlanProcess;
import io.gamemetrics.commandside.datasubject.PlanRestApi;
import io.gamemetrics.commandside.datasubject.Plans;
import io.gamemetrics.commandside.datasubject.RequestDesk;
import io.gamemetrics.commandside.datasubject.RequestViews;
import io.gamemetrics.commandside.ingestion.PlayerCommands;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.commandside.quarantine.QuarantineDesk;
import io.gamemetrics.commandside.quarantine.QuarantineRestApi;
import io.gamemetrics.commandside.replay.OfferRestApi;
import io.gamemetrics.commandside.replay.ReplayDesk;
import io.gamemetrics.commandside.replay.ReplayMeters;
import io.gamemetrics.commandside.replay.ReplayRestApi;
import io.gamemetrics.infrastructure.erasures.ErasuresException;
import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.replays.Offers;
import io.gamemetrics.infrastructure.replays.ReplaysException;
import io.gamemetrics.infrastructure.replays.Standings;
import io.gamemetrics.infrastructure.web.KnownFailures;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
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
@Import({ReplayRestApi.class, OfferRestApi.class, QuarantineRestApi.class, PlanRestApi.class, ExportRestApi.class})
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
    PersonStores personStores(
            ReplaysDatabase database,
            PostgresVault vault,
            EventStore store,
            EventCodec codec,
            PlayerCommands players,
            RejectedLog rejectedLog) {
        return new PersonStores(database.connections(), vault, store, codec, players, rejectedLog);
    }

    @Bean
    Plans plans(PersonStores stores, RequestDesk desk, RequestViews views) {
        return Plans.over(stores, desk, views);
    }

    @Bean
    PlanDesk planDesk(Plans plans) {
        return plans.desk();
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    PlanProcess planProcess(Plans plans) {
        return plans.process();
    }

    @Bean
    ExportDesk exportDesk(PersonStores stores, RequestDesk desk, RequestViews views, Clock clock) {
        return DataExports.desk(stores, desk, views, clock);
    }

    @Bean
    KnownFailures replaysOutOfReach() {
        return failure -> failure instanceof ReplaysException || failure instanceof ErasuresException;
    }
}
