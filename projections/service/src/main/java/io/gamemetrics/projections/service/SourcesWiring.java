package io.gamemetrics.projections.service;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where events come from: the store behind Kafka, and the vault with the keys to read them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class SourcesWiring {

    private static final int VAULT_CONNECTIONS = 4;

    /** A type of its own, so that nobody takes it for just any database. */
    record VaultDatabase(HikariDataSource connections) implements AutoCloseable {
        @Override
        public void close() {
            connections.close();
        }
    }

    @Bean(destroyMethod = "close")
    EventStore eventStore(DatabaseSettings settings) {
        DatabaseSettings.Database store = settings.postgres();
        return PostgresEventStore.open(EventStoreSettings.of(store.url(), store.user(), store.password()));
    }

    @Bean
    VaultDatabase vaultDatabase(DatabaseSettings settings) {
        return new VaultDatabase(Databases.connections("vault", settings.vaultDatabase(), VAULT_CONNECTIONS));
    }

    @Bean
    PostgresVault vault(
            VaultDatabase database,
            @Value("${gamemetrics.key-dir}") String keyDirectory,
            @Value("${gamemetrics.ledger-dir:}") String ledgerFolder) {
        KeyDirectory directory = KeyDirectory.at(Path.of(keyDirectory));
        return PostgresVault.open(database.connections(), directory, directory.ledgerFolder(ledgerFolder));
    }

    @Bean
    StreamSettings streamSettings(@Value("${gamemetrics.kafka.bootstrap-servers}") String servers) {
        return StreamSettings.of(servers);
    }
}
