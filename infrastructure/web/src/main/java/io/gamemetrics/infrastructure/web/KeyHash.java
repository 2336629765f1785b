package io.gamemetrics.infrastructure.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a key's secret is written and stored: {@code gmk_<kind>_<keyId>_<32 random bytes>}, kept as SHA-256 of the whole text. */
public final class KeyHash {

    private static final Pattern SECRET = Pattern.compile("gmk_[a-z]+(?:_[a-z]+)*?_([A-Za-z0-9]+)_[A-Za-z0-9_-]{43}");

    private KeyHash() {}

    /** SHA-256 of the secret, in lower-case hexadecimal. A random secret needs no slow hash. */
    public static String of(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a secret is the one behind a stored hash, in a time that does not depend on where they differ. */
    public static boolean matches(String secret, String storedHash) {
        return MessageDigest.isEqual(
                of(secret).getBytes(StandardCharsets.US_ASCII), storedHash.getBytes(StandardCharsets.US_ASCII));
    }

    /** The key's id inside a secret, to look the hash up by; empty when the text is no secret. Ids are letters and digits. */
    public static Optional<String> keyId(String secret) {
        Matcher matcher = SECRET.matcher(secret);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
