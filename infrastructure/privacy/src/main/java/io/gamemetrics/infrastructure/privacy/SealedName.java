package io.gamemetrics.infrastructure.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A player's name as read models hold it: an {@link Envelope} under the player's own key, bound to the player. It can't
 * be opened after an erasure, wherever a copy lies.
 */
public final class SealedName {

    private SealedName() {}

    /** Encrypts a name for the store of a read model. */
    public static byte[] seal(DataKey key, String name) {
        return new Envelope().seal(key.encryption(), context(key.stream()), name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Decrypts a name.
     *
     * @throws UnreadableEnvelopeException when it is not this player's, or damaged
     */
    public static String open(DataKey key, byte[] sealed) throws UnreadableEnvelopeException {
        byte[] name = new Envelope().open(key.encryption(), context(key.stream()), sealed);
        return new String(name, StandardCharsets.UTF_8);
    }

    private static byte[] context(UUID pseudonym) {
        return ByteBuffer.allocate(17)
                .put((byte) 'n')
                .putLong(pseudonym.getMostSignificantBits())
                .putLong(pseudonym.getLeastSignificantBits())
                .array();
    }
}
