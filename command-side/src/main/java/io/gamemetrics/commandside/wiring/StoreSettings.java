package io.gamemetrics.commandside.wiring;

import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the event store is: {@code gamemetrics.postgres.…}.
 *
 * @param url JDBC URL, {@code GAMEMETRICS_POSTGRES_URL}
 */
@ConfigurationProperties("gamemetrics.postgres")
record StoreSettings(
        String url,
        @DefaultValue("postgres") String user,
        @DefaultValue("") String password) {

    EventStoreSettings forStore() {
        return EventStoreSettings.of(url, user, password);
    }

    @Override
    public String toString() {
        return "StoreSettings[…]";
    }
}
