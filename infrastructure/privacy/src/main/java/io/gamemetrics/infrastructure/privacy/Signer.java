package io.gamemetrics.infrastructure.privacy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Signs certificates with Ed25519 (RFC 8032). The key lies in the key directory, in the file {@code signing.key}: the private
 * half as PKCS #8 and the public half as X.509, a line of base64 each. Safe for concurrent use.
 */
public final class Signer {

    private static final String ALGORITHM = "Ed25519";

    private final KeyPair keys;

    private Signer(KeyPair keys) {
        this.keys = keys;
    }

    /** New keys, as the lines of their file. */
    static String newFile() {
        try {
            KeyPair keys = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            Base64.Encoder base64 = Base64.getEncoder();
            return base64.encodeToString(keys.getPrivate().getEncoded()) + "\n"
                    + base64.encodeToString(keys.getPublic().getEncoded()) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519", e);
        }
    }

    /** @throws IllegalArgumentException when these are not the lines of such a file */
    static Signer ofFile(String text) {
        String[] lines = text.strip().split("\n", -1);
        if (lines.length != 2) {
            throw new IllegalArgumentException("a signing key has two lines");
        }
        try {
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            return new Signer(new KeyPair(
                    factory.generatePublic(
                            new X509EncodedKeySpec(Base64.getDecoder().decode(lines[1]))),
                    factory.generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines[0])))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 key");
        }
    }

    /** The signature, 64 bytes. */
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(keys.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "Ed25519 refused to sign: " + e.getClass().getSimpleName());
        }
    }

    /** What whoever checks a signature needs: X.509. */
    public byte[] publicKey() {
        return keys.getPublic().getEncoded();
    }
}
