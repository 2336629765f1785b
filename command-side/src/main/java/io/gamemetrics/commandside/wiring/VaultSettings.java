package io.gamemetrics.commandside.wiring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the vault's database is: {@code gamemetrics.vault.…}; what is absent is taken from the event store's settings.
 *
 * @param url JDBC URL; absent: the event store's server, its database's name and {@code _vault}
 */
@ConfigurationProperties("gamemetrics.vault")
record VaultSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password) {

    /** The JDBC URL with the store's as a fall-back. */
    String urlOr(String storeUrl) {
        if (url != null) {
            return url;
        }
        int query = storeUrl.indexOf('?');
        return query < 0 ? storeUrl + "_vault" : storeUrl.substring(0, query) + "_vault" + storeUrl.substring(query);
    }

    @Override
    public String toString() {
        return "VaultSettings[…]";
    }
}
