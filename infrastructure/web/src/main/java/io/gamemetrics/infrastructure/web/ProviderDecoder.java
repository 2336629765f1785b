package io.gamemetrics.infrastructure.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Checks tokens of an OpenID Connect provider by its published keys; only signatures by public key count. The keys are
 * fetched with the first token, so that a start does not depend on the provider, and are held five minutes. A token with
 * an unknown key has them fetched anew, at most twice in an interval, however many such tokens somebody makes up. While
 * the provider is down its last keys go on for an hour. Safe for many threads.
 */
final class ProviderDecoder implements JwtDecoder {

    /** Between fetches because of unknown keys, of which the second may come at once. */
    static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final Duration HELD = Duration.ofMinutes(5);
    private static final Duration HELD_WITHOUT_PROVIDER = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 512 * 1024;

    /** An access token, RFC 9068. */
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private final String issuer;
    private final @Nullable String jwksUri;
    private final OAuth2TokenValidator<Jwt> validator;
    private final Duration interval;
    private final DefaultResourceRetriever http =
            new DefaultResourceRetriever((int) PATIENCE.toMillis(), (int) PATIENCE.toMillis(), MAX_BYTES);

    private volatile @Nullable JwtDecoder decoder;
    private long notBeforeNanos = System.nanoTime();

    /** @param jwksUri where the keys are; absent: where the issuer's discovery document says */
    ProviderDecoder(String issuer, @Nullable String jwksUri, OAuth2TokenValidator<Jwt> validator, Duration interval) {
        this.issuer = issuer;
        this.jwksUri = jwksUri;
        this.validator = validator;
        this.interval = interval;
    }

    @Override
    public Jwt decode(String token) {
        JwtDecoder ready = decoder;
        return (ready == null ? ready() : ready).decode(token);
    }

    private synchronized JwtDecoder ready() {
        JwtDecoder ready = decoder;
        if (ready != null) {
            return ready;
        }
        if (System.nanoTime() - notBeforeNanos < 0) {
            throw new JwtException("the provider's discovery document could not be read a moment ago");
        }
        try {
            NimbusJwtDecoder made = new NimbusJwtDecoder(processor(keys(jwksUri == null ? discovered() : jwksUri)));
            made.setJwtValidator(validator);
            decoder = made;
            return made;
        } catch (IOException | IllegalArgumentException e) {
            notBeforeNanos = System.nanoTime() + interval.toNanos() / 10;
            throw new JwtException("the provider's discovery document can't be read", e);
        }
    }

    private static DefaultJWTProcessor<SecurityContext> processor(JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.Family.SIGNATURE, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // the validator looks at the claims
        return processor;
    }

    private JWKSource<SecurityContext> keys(String address) throws MalformedURLException {
        return JWKSourceBuilder.create(url(address), http)
                .cache(HELD.toMillis(), PATIENCE.multipliedBy(3).toMillis())
                .refreshAheadCache(false)
                .rateLimited(interval.toMillis())
                .outageTolerant(HELD_WITHOUT_PROVIDER.toMillis())
                .build();
    }

    private String discovered() throws IOException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode document = parsed(http.retrieveResource(url(base + "/.well-known/openid-configuration"))
                .getContent());
        if (!issuer.equals(document.path("issuer").textValue())
                || !document.path("jwks_uri").isTextual()) {
            throw new IOException("the discovery document is of another issuer or names no keys");
        }
        return document.path("jwks_uri").textValue();
    }

    private static JsonNode parsed(String json) throws IOException {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IOException("the discovery document is not JSON");
        }
    }

    private static URL url(String address) throws MalformedURLException {
        return URI.create(address).toURL();
    }
}
