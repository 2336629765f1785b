package io.gamemetrics.infrastructure.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** How secrets are made and derived from each other. */
final class Secrets {

    static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** 32 new random bytes. */
    static byte[] random() {
        byte[] bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** The key for envelopes that belongs to a stream's secret. */
    static SecretKey encryptionKey(byte[] secret) {
        return expand(secret, "gamemetrics:encryption", "AES");
    }

    /** The key for lookup keys that belongs to a stream's secret. */
    static SecretKey lookupKey(byte[] secret) {
        return expand(secret, "gamemetrics:lookup", "HmacSHA256");
    }

    /** The key under which the ledger of erasures is chained. */
    static SecretKey ledgerKey(byte[] secret) {
        return expand(secret, "gamemetrics:ledger", "HmacSHA256");
    }

    /** The key under which people are named in the audit chain. */
    static SecretKey auditKey(byte[] secret) {
        return expand(secret, "gamemetrics:audit", "HmacSHA256");
    }

    /** HMAC-SHA256, 32 bytes. */
    static byte[] hmac(SecretKey key, byte[] message) {
        return hmac(key).doFinal(message);
    }

    /** An HMAC-SHA256 under this key, for one thread. */
    static Mac hmac(SecretKey key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }

    /** HKDF-Expand (RFC 5869): the secret is random already, so there is nothing to extract. */
    private static SecretKey expand(byte[] secret, String purpose, String algorithm) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.expandOnly(
                                    new SecretKeySpec(secret, "HKDF"),
                                    purpose.getBytes(StandardCharsets.US_ASCII),
                                    KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HKDF-SHA256", e);
        }
    }
}
