package io.gamemetrics.infrastructure.privacy;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypted bytes: one byte of format version, a random 96-bit nonce, AES-256-GCM ciphertext, a 128-bit tag. The format
 * version and the caller's context are authenticated with them, so bytes moved to another place do not open.
 *
 * <p>A key may seal 2³² envelopes before a random nonce could plausibly repeat. Holds a cipher and a supply of random
 * bytes for a group of envelopes: make one per group. Not safe for concurrent use.
 */
public final class Envelope {

    /** What an envelope adds to the plain bytes. */
    public static final int OVERHEAD_BYTES = 1 + Envelope.NONCE_BYTES + Envelope.TAG_BYTES;

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int NONCES_AT_ONCE = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Cipher cipher;
    private final byte[] nonces = new byte[NONCES_AT_ONCE * NONCE_BYTES];
    private int nextNonce = nonces.length;

    public Envelope() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    /** Encrypts {@code plain} under the key, tied to the context. */
    public byte[] seal(SecretKey key, byte[] context, byte[] plain) {
        return seal(key, context, plain, plain.length);
    }

    /** Encrypts the first {@code length} bytes of {@code plain} under the key, tied to the context. */
    public byte[] seal(SecretKey key, byte[] context, byte[] plain, int length) {
        if (nextNonce == nonces.length) {
            RANDOM.nextBytes(nonces);
            nextNonce = 0;
        }
        byte[] sealed = new byte[OVERHEAD_BYTES + length];
        sealed[0] = VERSION;
        System.arraycopy(nonces, nextNonce, sealed, 1, NONCE_BYTES);
        nextNonce += NONCE_BYTES;
        try {
            begin(Cipher.ENCRYPT_MODE, key, context, sealed);
            cipher.doFinal(plain, 0, length, sealed, 1 + NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "AES-GCM refused to encrypt: " + e.getClass().getSimpleName(), e);
        }
    }

    /** Decrypts what {@link #seal} made under the same key and context. */
    public byte[] open(SecretKey key, byte[] context, byte[] sealed) throws UnreadableEnvelopeException {
        if (sealed.length < OVERHEAD_BYTES) {
            throw new UnreadableEnvelopeException("envelope.short");
        }
        if (sealed[0] != VERSION) {
            throw new UnreadableEnvelopeException("envelope.version");
        }
        try {
            begin(Cipher.DECRYPT_MODE, key, context, sealed);
            return cipher.doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new UnreadableEnvelopeException("envelope.tag");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "AES-GCM refused to decrypt: " + e.getClass().getSimpleName(), e);
        }
    }

    private void begin(int mode, SecretKey key, byte[] context, byte[] sealed) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, sealed, 1, NONCE_BYTES));
        cipher.updateAAD(sealed, 0, 1);
        cipher.updateAAD(context);
    }
}
