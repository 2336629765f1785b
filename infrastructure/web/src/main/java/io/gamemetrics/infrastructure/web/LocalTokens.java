package io.gamemetrics.infrastructure.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs tokens for one machine, so that a first start needs no identity provider. Services accept them only while they
 * are bound to loopback.
 */
public final class LocalTokens {

    /** The {@code iss} of local tokens. */
    public static final String ISSUER = "gamemetrics-local";

    static final String GRANTS_CLAIM = "gamemetrics";

    private static final int SECRET_BYTES = 32;

    private final SecretKey key;

    /**
     * @param base64Secret what {@link #newSecret} gave, the same in all services of the machine
     * @throws IllegalArgumentException when it is not base64 of 32 bytes or more
     */
    public LocalTokens(String base64Secret) {
        byte[] secret = Base64.getDecoder().decode(base64Secret);
        if (secret.length < SECRET_BYTES) {
            throw new IllegalArgumentException("local token secret must have 32 bytes or more: " + secret.length);
        }
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** A fresh random secret, base64. */
    public static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return Base64.getEncoder().encodeToString(secret);
    }

    /**
     * A signed token, valid from now on.
     *
     * @param subject who it is for
     * @param grants roles by game id or {@link Caller#EVERY_GAME}
     * @param validFor after that it is refused
     */
    public String mint(String subject, Map<String, Set<Role>> grants, Duration validFor) {
        Map<String, List<String>> claim = new TreeMap<>();
        grants.forEach((game, roles) ->
                claim.put(game, roles.stream().map(Role::claim).sorted().toList()));
        Instant now = Instant.now();
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .subject(subject)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(validFor)))
                        .claim(GRANTS_CLAIM, claim)
                        .build());
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 signs with every key of 256 bits", e);
        }
        return token.serialize();
    }

    SecretKey key() {
        return key;
    }
}
