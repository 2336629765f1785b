package io.gamemetrics.infrastructure.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks a certificate of an erasure with nothing but its bytes: that it is written as it is signed, that the signature is
 * of the key in it, and that its evidence makes its Merkle root. Made apart from what issues certificates, so that the one
 * checks the other.
 */
final class CertificateCheck {

    static final String FORMAT = "gamemetrics-erasure-certificate/1";

    private final ObjectNode document;

    private CertificateCheck(ObjectNode document) {
        this.document = document;
    }

    /**
     * Reads and checks a certificate.
     *
     * @param trusted the key it must be signed with, X.509; absent: whichever stands in it
     * @throws Refused with one sentence, when it is not what was issued
     */
    static CertificateCheck of(byte[] file, byte @Nullable [] trusted) throws Refused {
        ObjectNode document = read(file);
        if (!FORMAT.equals(document.path("format").asText())) {
            throw new Refused("It is not a certificate of an erasure that this program knows: format="
                    + document.path("format").asText("none"));
        }
        byte[] key = base64(document, "key");
        if (trusted != null && !Arrays.equals(key, trusted)) {
            throw new Refused("It is signed with another key than the trusted one.");
        }
        ObjectNode signed = document.deepCopy();
        signed.remove("signature");
        if (!isSigned(key, bytes(signed), base64(document, "signature"))) {
            throw new Refused("Its signature does not fit: it was changed after it was issued.");
        }
        List<byte[]> leaves = new ArrayList<>();
        for (JsonNode one : document.path("evidence")) {
            leaves.add((one.path("salt").asText() + one.path("text").asText()).getBytes(UTF_8));
        }
        if (!HexFormat.of()
                .formatHex(root(leaves))
                .equals(document.path("merkleRoot").asText())) {
            throw new Refused("Its evidence does not make its Merkle root.");
        }
        return new CertificateCheck(document);
    }

    /** A certificate that is not what was issued; the message is a sentence. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        Refused(String sentence) {
            super(sentence);
        }
    }

    ObjectNode document() {
        return document;
    }

    /** SHA-256 of the key, hexadecimal: what to compare with the platform's. */
    String keyFingerprint() {
        return HexFormat.of()
                .formatHex(sha256().digest(document.path("key").asText().getBytes(UTF_8)));
    }

    /** Whether one of its subjects has this id. */
    boolean isAbout(String player) {
        for (JsonNode subject : document.path("subjects")) {
            MessageDigest digest = sha256();
            digest.update(HexFormat.of().parseHex(subject.path("salt").asText()));
            if (HexFormat.of()
                    .formatHex(digest.digest(player.getBytes(UTF_8)))
                    .equals(subject.path("player").asText())) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode read(byte[] file) throws Refused {
        try {
            if (Surroundings.JSON.readTree(file) instanceof ObjectNode object) {
                // Compact, each member once: another spelling of the same was not issued.
                String text = new String(file, UTF_8);
                if (text.strip().equals(new String(bytes(object), UTF_8))) {
                    return object;
                }
            }
            throw new Refused("It is not written as certificates are: it was changed after it was issued.");
        } catch (IOException e) {
            throw new Refused("It is not JSON.");
        }
    }

    private static byte[] base64(ObjectNode document, String member) throws Refused {
        try {
            return Base64.getDecoder().decode(document.path(member).asText());
        } catch (IllegalArgumentException e) {
            throw new Refused("Its " + member + " is not base64.");
        }
    }

    private static boolean isSigned(byte[] key, byte[] message, byte[] signature) throws Refused {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new Refused("Its key or signature is none of Ed25519.");
        }
    }

    private static byte[] root(List<byte[]> texts) {
        List<byte[]> level = new ArrayList<>();
        for (byte[] text : texts) {
            MessageDigest leaf = sha256();
            leaf.update((byte) 0);
            level.add(leaf.digest(text));
        }
        if (level.isEmpty()) {
            return sha256().digest();
        }
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                if (i + 1 == level.size()) {
                    above.add(level.get(i));
                } else {
                    MessageDigest node = sha256();
                    node.update((byte) 1);
                    node.update(level.get(i));
                    above.add(node.digest(level.get(i + 1)));
                }
            }
            level = above;
        }
        return level.getFirst();
    }

    private static byte[] bytes(ObjectNode document) {
        return Api.bytes(document);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
