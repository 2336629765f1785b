package io.gamemetrics.queryside.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresReadAudit;
import io.gamemetrics.infrastructure.privacy.PostgresVaultReader;
import io.gamemetrics.infrastructure.privacy.ReadAudit;
import io.gamemetrics.infrastructure.privacy.SubjectRequestsReader;
import io.gamemetrics.infrastructure.privacy.VaultReader;
import io.gamemetrics.infrastructure.privacy.VaultUnavailableException;
import io.gamemetrics.queryside.limits.QueryLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The vault, to look up and decrypt only, and the audit of who did. It need not answer when this service starts, and
 * numbers are answered without it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VaultSettings.class)
class VaultWiring {

    private static final Logger LOG = LoggerFactory.getLogger(VaultWiring.class);
    private static final int CONNECTIONS = 6;
    private static final int IDLE_CONNECTIONS = 1;

    /** A type of its own, so that nobody takes it for just any database. */
    record VaultDatabase(HikariDataSource connections) implements AutoCloseable {
        @Override
        public void close() {
            connections.close();
        }
    }

    @Bean
    VaultDatabase vaultDatabase(VaultSettings settings, QueryLimits limits) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("vault");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(IDLE_CONNECTIONS);
        config.setConnectionTimeout(limits.timeLimit().toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(
                "SET statement_timeout = " + limits.timeLimit().toMillis());
        return new VaultDatabase(new HikariDataSource(config));
    }

    /** Keys of another vault end the start, where the vault answers. */
    @Bean
    VaultReader vaultReader(
            VaultDatabase database, VaultSettings settings, @Value("${gamemetrics.ledger-dir:}") String ledgerFolder) {
        KeyDirectory keys = KeyDirectory.at(settings.keys());
        PostgresVaultReader vault =
                new PostgresVaultReader(database.connections(), keys, keys.ledgerFolder(ledgerFolder));
        try {
            vault.requireKeys();
        } catch (VaultUnavailableException e) {
            LOG.warn("The vault can't be read yet ({}): players have no names until it can.", e.getMessage());
        }
        return vault;
    }

    @Bean
    SubjectRequestsReader subjectRequestsReader(VaultDatabase database) {
        return new SubjectRequestsReader(database.connections());
    }

    @Bean
    ReadAudit readAudit(VaultDatabase database) {
        return new PostgresReadAudit(database.connections());
    }
}
