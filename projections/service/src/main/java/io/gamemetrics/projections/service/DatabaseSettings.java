package io.gamemetrics.projections.service;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the databases are: {@code gamemetrics.postgres|vault|timescale.url|user|password}.
 *
 * @param postgres the event store
 * @param vault absent, in whole or in part: the event store's server, its database's name and {@code _vault}
 * @param timescale the read models
 */
@ConfigurationProperties("gamemetrics")
record DatabaseSettings(Database postgres, @DefaultValue Partly vault, Database timescale) {

    /** @param url JDBC URL */
    record Database(
            String url,
            @DefaultValue("postgres") String user,
            @DefaultValue("") String password) {
        @Override
        public String toString() {
            return "Database[…]";
        }
    }

    /** Some of a {@link Database}. */
    record Partly(
            @Nullable String url,
            @Nullable String user,
            @Nullable String password) {
        @Override
        public String toString() {
            return "Partly[…]";
        }
    }

    /** The vault's database with the event store's as a fall-back. */
    Database vaultDatabase() {
        String url = vault.url();
        if (url == null) {
            int query = postgres.url().indexOf('?');
            int end = query < 0 ? postgres.url().length() : query;
            url = postgres.url().substring(0, end) + "_vault" + postgres.url().substring(end);
        }
        String user = vault.user();
        String password = vault.password();
        return new Database(
                url, user == null ? postgres.user() : user, password == null ? postgres.password() : password);
    }
}
