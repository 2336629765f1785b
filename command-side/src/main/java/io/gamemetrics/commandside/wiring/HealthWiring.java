package io.gamemetrics.commandside.wiring;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Healthy is who can store what is sent: the event store and the vault answer. */
@Configuration(proxyBeanMethods = false)
public class HealthWiring {

    private static final int PATIENCE_SECONDS = 2;

    @Bean
    HealthIndicator eventStoreHealth(EventStore store) {
        return () -> {
            try {
                store.position();
                return Health.up().build();
            } catch (RuntimeException e) {
                return Health.down().build();
            }
        };
    }

    /** Asks the database itself: the vault may still answer from its leases. */
    @Bean
    HealthIndicator vaultHealth(VaultWiring.VaultDatabase database) {
        return () -> {
            try (Connection connection = database.connections().getConnection()) {
                return connection.isValid(PATIENCE_SECONDS)
                        ? Health.up().build()
                        : Health.down().build();
            } catch (SQLException e) {
                return Health.down().build();
            }
        };
    }
}
