package io.gamemetrics.queryside.wiring;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the vault is: {@code gamemetrics.vault.url|user|password} and {@code gamemetrics.key-dir}.
 *
 * @param postgres the event store's database; what the vault's settings leave out is taken from here
 * @param vault absent, in whole or in part: the event store's server, its database's name and {@code _vault}
 * @param keyDir the vault's key directory
 */
@ConfigurationProperties("gamemetrics")
record VaultSettings(
        @DefaultValue Database postgres, @DefaultValue Database vault, Path keyDir) {

    /** @param url JDBC URL */
    record Database(
            @Nullable String url,
            @Nullable String user,
            @Nullable String password) {
        @Override
        public String toString() {
            return "Database[…]";
        }
    }

    /** @throws IllegalStateException when neither database has an address */
    String url() {
        if (vault.url() != null) {
            return vault.url();
        }
        String store = postgres.url();
        if (store == null) {
            throw new IllegalStateException("The query side must know where the privacy vault is:"
                    + " set GAMEMETRICS_VAULT_URL, or GAMEMETRICS_POSTGRES_URL for a vault beside the event store.");
        }
        int query = store.indexOf('?');
        int end = query < 0 ? store.length() : query;
        return store.substring(0, end) + "_vault" + store.substring(end);
    }

    /** @throws IllegalStateException when it is not set */
    Path keys() {
        if (keyDir == null) {
            throw new IllegalStateException("The query side must have the privacy vault's keys to show players:"
                    + " set GAMEMETRICS_KEY_DIR to the vault's key directory.");
        }
        return keyDir;
    }

    String user() {
        return first(vault.user(), postgres.user(), "postgres");
    }

    String password() {
        return first(vault.password(), postgres.password(), "");
    }

    private static String first(@Nullable String most, @Nullable String then, String last) {
        return most != null ? most : then != null ? then : last;
    }
}
