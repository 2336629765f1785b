package io.gamemetrics.queryside.wiring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the read models are; properties {@code gamemetrics.timescale.…}, in the environment
 * {@code GAMEMETRICS_TIMESCALE_URL} and so on.
 *
 * @param url of JDBC
 * @param user absent: the URL names it
 * @param password absent: the URL names it
 */
@ConfigurationProperties("gamemetrics.timescale")
record ReadStoreSettings(
        String url, @Nullable String user, @Nullable String password) {

    @Override
    public String toString() {
        return "ReadStoreSettings[…]";
    }
}
