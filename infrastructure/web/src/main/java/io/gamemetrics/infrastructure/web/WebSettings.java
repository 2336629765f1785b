package io.gamemetrics.infrastructure.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who may call and how much one request may be; properties {@code gamemetrics.…}, in the environment for example
 * {@code GAMEMETRICS_ALLOWED_ORIGINS}.
 *
 * @param localTokenSecret base64 of the secret that local demo tokens are signed with, 32 bytes or more; absent: none
 *     are accepted
 * @param scrapeToken {@code GAMEMETRICS_SCRAPE_TOKEN}: opens {@code /actuator/prometheus} and nothing else; absent: only
 *     operators' tokens do
 * @param allowedOrigins web origins whose pages may call, for example {@code https://studio.example}; none by default
 * @param oidc who signs people's tokens; absent: only local tokens and keys
 * @param maxBody largest body, after decompression
 * @param maxConcurrentRequests requests worked on at once; more are answered 503
 */
@ConfigurationProperties("gamemetrics")
record WebSettings(
        @Nullable String localTokenSecret,
        @Nullable String scrapeToken,
        @DefaultValue List<String> allowedOrigins,
        @Nullable Oidc oidc,
        @DefaultValue("5MB") DataSize maxBody,
        @DefaultValue("512") int maxConcurrentRequests) {

    /**
     * An OpenID Connect provider; {@code GAMEMETRICS_OIDC_ISSUER}, {@code GAMEMETRICS_OIDC_JWKS_URI}, {@code
     * GAMEMETRICS_OIDC_AUDIENCE}.
     *
     * @param issuer the {@code iss} its tokens carry; its keys are found through its discovery document
     * @param jwksUri where its keys are, when there is no discovery document
     * @param audience the {@code aud} tokens must carry; absent: not looked at
     */
    record Oidc(
            @Nullable String issuer,
            @Nullable String jwksUri,
            @Nullable String audience) {}

    @Override
    public String toString() {
        return "WebSettings[…]";
    }
}
