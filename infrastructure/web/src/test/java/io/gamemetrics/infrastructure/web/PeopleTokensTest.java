package io.gamemetrics.infrastructure.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** People's tokens from an OpenID Connect provider that answers over real HTTP. */
class PeopleTokensTest {

    private static final GameId INTENDO = new GameId("intendo");

    private IdentityProvider provider;
    private PeopleTokens tokens;

    @BeforeEach
    void start() throws Exception {
        provider = new IdentityProvider();
        tokens = tokens(provider.jwksUri(), "gamemetrics");
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void a_token_of_the_provider_opens_what_its_claim_says() {
        for (String token : List.of(
                provider.token(),
                IdentityProvider.signed(provider.claims(), IdentityProvider.EC),
                // RFC 9068: what providers call an access token.
                IdentityProvider.signed(provider.claims(), IdentityProvider.RSA, new JOSEObjectType("at+jwt")))) {
            Caller caller = tokens.callerOf(token);
            assertThat(caller.name()).isEqualTo("anna");
            assertThat(caller.may(Role.ANALYST, INTENDO)).isTrue();
            assertThat(caller.may(Role.OPERATOR, INTENDO)).isFalse();
            assertThat(caller.knows(new GameId("another"))).isFalse();
        }
        assertThat(provider.fetches).hasValue(1);
    }

    @Test
    void roles_are_per_game_and_a_star_stands_for_every_game() {
        Caller caller = tokens.callerOf(IdentityProvider.signed(
                provider.claims()
                        .claim(
                                "gamemetrics",
                                Map.of(
                                        "intendo",
                                        List.of("analyst", "emperor"),
                                        "*",
                                        List.of("support"),
                                        "chess",
                                        "admin")),
                IdentityProvider.RSA));
        assertThat(caller.may(Role.ANALYST, INTENDO)).isTrue();
        assertThat(caller.may(Role.SUPPORT, INTENDO)).isTrue();
        assertThat(caller.may(Role.ADMIN, new GameId("chess"))).isFalse();
        assertThat(caller.may(Role.ANALYST, new GameId("chess"))).isFalse();
        assertThat(caller.mayEverywhere(Role.SUPPORT)).isTrue();
        assertThat(caller.mayEverywhere(Role.ANALYST)).isFalse();
    }

    @Test
    void a_token_without_the_claim_is_somebody_who_may_nothing() {
        Caller caller = tokens.callerOf(
                IdentityProvider.signed(provider.claims().claim("gamemetrics", null), IdentityProvider.RSA));
        assertThat(caller.knows(INTENDO)).isFalse();
    }

    @Test
    void tokens_of_another_time_audience_or_issuer_are_refused() {
        Instant now = Instant.now();
        JWTClaimsSet.Builder[] wrong = {
            provider.claims().expirationTime(Date.from(now.minusSeconds(120))),
            provider.claims().expirationTime(null),
            provider.claims().notBeforeTime(Date.from(now.plusSeconds(120))),
            provider.claims().audience("another"),
            provider.claims().audience((String) null),
            provider.claims().issuer("https://elsewhere.example"),
            provider.claims().issuer(null),
            provider.claims().issuer(LocalTokens.ISSUER),
            provider.claims().subject(null),
            provider.claims().subject(" "),
        };
        for (JWTClaimsSet.Builder claims : wrong) {
            assertThat(problem(IdentityProvider.signed(claims, IdentityProvider.RSA)))
                    .as("%s", claims.build())
                    .isEqualTo(RequestProblem.AUTHENTICATION_INVALID);
        }
    }

    @Test
    void without_an_audience_configured_none_is_asked_for() {
        assertThat(tokens(provider.jwksUri(), null)
                        .callerOf(IdentityProvider.signed(
                                provider.claims().audience((String) null), IdentityProvider.RSA))
                        .name())
                .isEqualTo("anna");
    }

    @Test
    void forged_tokens_are_refused() throws Exception {
        RSAKey impostor = IdentityProvider.rsa(IdentityProvider.RSA.getKeyID());
        String good = provider.token();
        String[] parts = good.split("\\.", 3);
        String payload = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(provider.claims()
                        .claim("gamemetrics", Map.of("*", List.of("admin")))
                        .build()
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
        EncryptedJWT encrypted = new EncryptedJWT(
                new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM),
                provider.claims().build());
        encrypted.encrypt(new RSAEncrypter(IdentityProvider.RSA));
        for (String token : List.of(
                new PlainJWT(provider.claims().build()).serialize(),
                // The provider's public key taken for a shared secret.
                macWith(IdentityProvider.RSA.toRSAPublicKey().getEncoded()),
                macWith(IdentityProvider.RSA.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8)),
                IdentityProvider.signed(provider.claims(), impostor),
                parts[0] + "." + payload + "." + parts[2],
                parts[0] + "." + parts[1] + ".",
                encrypted.serialize(),
                good + "x",
                "a.b.c.d.e")) {
            assertThat(problem(token)).as(token).isEqualTo(RequestProblem.AUTHENTICATION_INVALID);
        }
    }

    @Test
    void a_new_key_of_the_provider_is_found_when_the_first_token_comes_with_it() {
        tokens.callerOf(provider.token());
        RSAKey next = IdentityProvider.rsa("rsa-2");
        provider.published = List.of(next);
        assertThat(tokens.callerOf(IdentityProvider.signed(provider.claims(), next))
                        .name())
                .isEqualTo("anna");
        // The one before is no longer the provider's.
        assertThat(problem(provider.token())).isNotNull();
        assertThat(provider.fetches.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void tokens_with_made_up_keys_do_not_make_us_hammer_the_provider() {
        tokens.callerOf(provider.token());
        RSAKey unknown = IdentityProvider.rsa("made-up");
        assertThat(problem(IdentityProvider.signed(provider.claims(), unknown)))
                .isEqualTo(RequestProblem.AUTHENTICATION_INVALID);
        for (int i = 0; i < 50; i++) {
            assertThat(problem(IdentityProvider.signed(provider.claims(), unknown)))
                    .isIn(RequestProblem.AUTHENTICATION_INVALID, RequestProblem.UNAVAILABLE);
        }
        assertThat(provider.fetches.get()).isLessThanOrEqualTo(3);
        assertThat(tokens.callerOf(provider.token()).name()).isEqualTo("anna");
    }

    @Test
    void while_the_provider_is_down_known_keys_go_on_and_nobody_else_comes_in() {
        tokens = tokens(provider.jwksUri(), "gamemetrics", Duration.ofMillis(100));
        provider.down = true;
        assertThat(problem(provider.token())).isEqualTo(RequestProblem.UNAVAILABLE);
        provider.down = false;
        await().until(() -> problem(provider.token()) == null);

        provider.down = true;
        assertThat(tokens.callerOf(provider.token()).name()).isEqualTo("anna");
        assertThat(problem(IdentityProvider.signed(provider.claims(), IdentityProvider.rsa("rsa-3"))))
                .isEqualTo(RequestProblem.AUTHENTICATION_INVALID);
    }

    @Test
    void the_keys_are_found_through_the_discovery_document() {
        PeopleTokens discovering = tokens(null, "gamemetrics", Duration.ofSeconds(10));
        provider.down = true;
        for (int i = 0; i < 20; i++) {
            assertThat(problem(discovering, provider.token())).isEqualTo(RequestProblem.UNAVAILABLE);
        }
        assertThat(provider.discoveries.get()).isLessThanOrEqualTo(3);
        provider.down = false;
        await().until(() -> problem(discovering, provider.token()) == null);
        assertThat(discovering.callerOf(provider.token()).name()).isEqualTo("anna");
        assertThat(discovering
                        .callerOf(IdentityProvider.signed(provider.claims(), IdentityProvider.EC))
                        .name())
                .isEqualTo("anna");
    }

    private String macWith(byte[] secret) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(IdentityProvider.RSA.getKeyID())
                        .build(),
                provider.claims().build());
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private PeopleTokens tokens(@Nullable String jwksUri, @Nullable String audience) {
        return tokens(jwksUri, audience, ProviderDecoder.INTERVAL);
    }

    private PeopleTokens tokens(@Nullable String jwksUri, @Nullable String audience, Duration interval) {
        WebSettings.Oidc oidc = new WebSettings.Oidc(provider.issuer(), jwksUri, audience);
        return new PeopleTokens(
                new WebSettings(LocalTokens.newSecret(), null, List.of(), oidc, DataSize.ofMegabytes(5), 512),
                true,
                interval);
    }

    /** Why a token is refused; absent: it is not. */
    private @Nullable ProblemType problem(String token) {
        return problem(tokens, token);
    }

    private static @Nullable ProblemType problem(PeopleTokens tokens, String token) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> tokens.callerOf(token));
        return refusal == null ? null : refusal.type();
    }
}
