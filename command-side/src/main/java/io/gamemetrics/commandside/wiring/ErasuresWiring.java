package io.gamemetrics.commandside.wiring;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.commandside.datasubject.ErasureProcess;
import io.gamemetrics.commandside.datasubject.PersonStores;
import io.gamemetrics.commandside.datasubject.RequestCommands;
import io.gamemetrics.commandside.datasubject.RequestViews;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.commandside.search.StoreSearches;
import io.gamemetrics.commandside.wiring.ReplaysWiring.ReplaysDatabase;
import io.gamemetrics.commandside.wiring.VaultWiring.VaultDatabase;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.infrastructure.eventstream.WholeTopic;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Erasures are done here; left out where no database of read models is configured: they could not be asked. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("gamemetrics.timescale.url")
public class ErasuresWiring {

    private static final long PATIENCE_MILLIS = 5_000;

    /** A connection of its own, so that a search takes none from who reads events. */
    record SearchedDatabase(HikariDataSource connections) implements AutoCloseable {
        @Override
        public void close() {
            connections.close();
        }
    }

    @Bean
    SearchedDatabase searchedDatabase(StoreSettings store) {
        HikariDataSource connections = new HikariDataSource();
        connections.setPoolName("event-store-search");
        connections.setJdbcUrl(store.url());
        connections.setUsername(store.user());
        connections.setPassword(store.password());
        connections.setMaximumPoolSize(1);
        connections.setMinimumIdle(0);
        connections.setConnectionTimeout(PATIENCE_MILLIS);
        connections.setInitializationFailTimeout(-1);
        return new SearchedDatabase(connections);
    }

    /** @param kafka empty where there is none */
    @Bean(destroyMethod = "")
    StoreSearches storeSearches(
            ReplaysDatabase readModels,
            SearchedDatabase events,
            VaultDatabase vaultRows,
            @Value("${gamemetrics.kafka.bootstrap-servers:}") String kafka,
            EventStore store,
            RejectedLog refused,
            PostgresVault vault) {
        return StoreSearches.of(
                readModels.connections(),
                events.connections(),
                vaultRows.connections(),
                kafka.isBlank() ? null : new WholeTopic(StreamSettings.of(kafka)),
                store,
                refused,
                vault);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ErasureProcess erasureProcess(
            PersonStores stores,
            RequestCommands commands,
            RequestViews views,
            StoreSearches searches,
            @Value("${gamemetrics.erasures.leases:#{null}}") @Nullable Duration leases,
            Clock clock) {
        Duration longest = leases == null ? PostgresVault.LEASE : leases;
        return ErasureProcess.over(stores, commands, views, searches, longest, clock);
    }
}
