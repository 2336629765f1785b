package io.gamemetrics.infrastructure.web;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Checks people's tokens: signature, issuer, time, and what they grant. Safe for many threads. */
final class PeopleTokens {

    private final @Nullable JwtDecoder local;
    private final @Nullable JwtDecoder external;
    private final @Nullable String externalIssuer;
    private final boolean loopback;

    /** @param loopback whether the server is bound to loopback only; elsewhere local tokens are refused */
    PeopleTokens(WebSettings settings, boolean loopback) {
        this(settings, loopback, ProviderDecoder.INTERVAL);
    }

    /** @param interval between fetches of the provider's keys because of unknown ones */
    PeopleTokens(WebSettings settings, boolean loopback, Duration interval) {
        this.loopback = loopback;
        this.local = settings.localTokenSecret() == null ? null : localDecoder(settings.localTokenSecret());
        WebSettings.Oidc oidc = settings.oidc();
        this.externalIssuer = oidc == null ? null : oidc.issuer();
        this.external = oidc == null || oidc.issuer() == null ? null : externalDecoder(oidc, oidc.issuer(), interval);
    }

    /**
     * The caller behind a token.
     *
     * @throws Refusal {@link RequestProblem#AUTHENTICATION_INVALID} or {@link RequestProblem#LOCAL_TOKEN_REFUSED};
     *     {@link RequestProblem#UNAVAILABLE} when the issuer's keys can't be fetched
     */
    Caller callerOf(String token) {
        try {
            Jwt jwt = decoderFor(token).decode(token);
            String subject = Objects.requireNonNullElse(jwt.getSubject(), "");
            return new Caller(subject, grantsIn(jwt.getClaim(LocalTokens.GRANTS_CLAIM)));
        } catch (BadJwtException e) {
            throw new Refusal(RequestProblem.AUTHENTICATION_INVALID);
        } catch (JwtException e) {
            throw new Refusal(RequestProblem.UNAVAILABLE, "The identity provider's keys can't be fetched.");
        }
    }

    private JwtDecoder decoderFor(String token) {
        String issuer = issuerOf(token);
        if (LocalTokens.ISSUER.equals(issuer)) {
            if (!loopback) {
                throw new Refusal(RequestProblem.LOCAL_TOKEN_REFUSED);
            }
            if (local != null) {
                return local;
            }
        } else if (external != null && issuer != null && issuer.equals(externalIssuer)) {
            return external;
        }
        throw new Refusal(RequestProblem.AUTHENTICATION_INVALID);
    }

    /** What the token says of itself, before anything is checked: only chooses who checks it. */
    private static @Nullable String issuerOf(String token) {
        try {
            // An encrypted token has no claims that anybody here could read.
            JWTClaimsSet claims = JWTParser.parse(token).getJWTClaimsSet();
            return claims == null ? null : claims.getIssuer();
        } catch (ParseException e) {
            throw new Refusal(RequestProblem.AUTHENTICATION_INVALID);
        }
    }

    /** Reads {@code {"intendo":["analyst"],"*":["operator"]}}; whatever has another form grants nothing. */
    static Map<String, Set<Role>> grantsIn(@Nullable Object claim) {
        Map<String, Set<Role>> grants = new HashMap<>();
        if (claim instanceof Map<?, ?> byGame) {
            byGame.forEach((game, names) -> {
                if (game instanceof String id && names instanceof Collection<?> list) {
                    Set<Role> roles = EnumSet.noneOf(Role.class);
                    list.forEach(name -> Role.ofClaim(String.valueOf(name)).ifPresent(roles::add));
                    grants.put(id, roles);
                }
            });
        }
        return grants;
    }

    private static JwtDecoder localDecoder(String secret) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withSecretKey(new LocalTokens(secret).key())
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(validator(LocalTokens.ISSUER, null));
        return decoder;
    }

    private static JwtDecoder externalDecoder(WebSettings.Oidc oidc, String issuer, Duration interval) {
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
        validators.add(validator(issuer, oidc.audience()));
        // Whoever is audited has a name.
        validators.add(new JwtClaimValidator<String>("sub", subject -> subject != null && !subject.isBlank()));
        return new ProviderDecoder(issuer, oidc.jwksUri(), new DelegatingOAuth2TokenValidator<>(validators), interval);
    }

    private static OAuth2TokenValidator<Jwt> validator(String issuer, @Nullable String audience) {
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
        validators.add(JwtValidators.createDefaultWithIssuer(issuer));
        // A token without an end would be valid for ever.
        validators.add(new JwtClaimValidator<Object>("exp", Objects::nonNull));
        if (audience != null) {
            validators.add(new JwtClaimValidator<Collection<String>>(
                    "aud", audiences -> audiences != null && audiences.contains(audience)));
        }
        return new DelegatingOAuth2TokenValidator<>(validators);
    }
}
