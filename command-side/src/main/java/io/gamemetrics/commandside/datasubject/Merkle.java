package io.gamemetrics.commandside.datasubject;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * A tree of SHA-256 over texts, as in RFC 9162: a leaf is the hash of a zero byte and its bytes, a node that of a one and
 * both below; who has no neighbour goes up as they are. So one text can be shown to belong to a root without the others.
 */
final class Merkle {

    private Merkle() {}

    /** The root, 32 bytes; that of nothing is the hash of nothing. */
    static byte[] root(List<byte[]> texts) {
        List<byte[]> level = texts.stream().map(text -> sha256((byte) 0, text)).toList();
        if (level.isEmpty()) {
            return digest().digest();
        }
        while (level.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                above.add(i + 1 == level.size() ? level.get(i) : sha256((byte) 1, level.get(i), level.get(i + 1)));
            }
            level = above;
        }
        return level.getFirst();
    }

    private static byte[] sha256(byte kind, byte[]... parts) {
        MessageDigest digest = digest();
        digest.update(kind);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
