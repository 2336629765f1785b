package io.gamemetrics.commandside.wiring;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.eventcatalog.VaultEventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RejectedReads;
import io.gamemetrics.infrastructure.privacy.Vault;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The vault, and the codec that encrypts with its keys. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VaultSettings.class)
public class VaultWiring {

    private static final int CONNECTIONS = 8;
    private static final long PATIENCE_MILLIS = 5_000;

    /** A type of its own, so that nobody takes it for just any database. */
    record VaultDatabase(HikariDataSource connections) implements AutoCloseable {
        @Override
        public void close() {
            connections.close();
        }
    }

    @Bean
    VaultDatabase vaultDatabase(VaultSettings vault, StoreSettings store) {
        HikariDataSource connections = new HikariDataSource();
        connections.setPoolName("vault");
        connections.setJdbcUrl(vault.urlOr(store.url()));
        connections.setUsername(Objects.requireNonNullElse(vault.user(), store.user()));
        connections.setPassword(Objects.requireNonNullElse(vault.password(), store.password()));
        connections.setMaximumPoolSize(CONNECTIONS);
        connections.setConnectionTimeout(PATIENCE_MILLIS);
        return new VaultDatabase(connections);
    }

    /** Refuses keys beside the data they protect, where a data folder is known: on a machine with embedded servers. */
    @Bean
    PostgresVault vault(
            VaultDatabase database,
            @Value("${gamemetrics.key-dir}") String keyDirectory,
            @Value("${gamemetrics.ledger-dir:}") String ledgerFolder,
            @Value("${gamemetrics.data:}") String dataFolder) {
        Path keys = Path.of(keyDirectory);
        if (!dataFolder.isBlank()) {
            KeyDirectory.requireOutside(Path.of(dataFolder), keys);
        }
        KeyDirectory directory = KeyDirectory.at(keys);
        return PostgresVault.open(database.connections(), directory, directory.ledgerFolder(ledgerFolder));
    }

    @Bean
    RejectedReads rejectedReads(VaultDatabase database, Vault opened) {
        Objects.requireNonNull(opened, "opening the vault makes the table");
        return new RejectedReads(database.connections());
    }

    @Bean
    EventCodec eventCodec(Vault vault) {
        return new VaultEventCodec(vault);
    }
}
