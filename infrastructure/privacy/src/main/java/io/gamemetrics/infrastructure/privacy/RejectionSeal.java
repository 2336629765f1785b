package io.gamemetrics.infrastructure.privacy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;

/**
 * Seals events that were refused, as they were sent, under their game's rejection key, each tied to its game and to the
 * word that says why it was refused. Safe for concurrent use.
 */
public final class RejectionSeal {

    private final Vault vault;

    public RejectionSeal(Vault vault) {
        this.vault = vault;
    }

    /**
     * A refused event in clear.
     *
     * @param code why it was refused, a stable word
     * @param sent the event as it was sent; the array is not copied
     */
    public record Refused(String code, byte[] sent) {

        @Override
        public String toString() {
            return "Refused[code=" + code + ", sent=…]";
        }
    }

    /** Seals refused events of one game, in order. */
    public List<byte[]> seal(int gameNumber, List<Refused> refused) {
        SecretKey key = vault.rejectionKey(gameNumber).encryption();
        Envelope envelope = new Envelope();
        List<byte[]> sealed = new ArrayList<>(refused.size());
        for (Refused event : refused) {
            sealed.add(envelope.seal(key, context(gameNumber, event.code()), event.sent()));
        }
        return sealed;
    }

    /** Opens what {@link #seal} made for the same game and code. */
    public byte[] open(int gameNumber, String code, byte[] sealed) throws UnreadableEnvelopeException {
        SecretKey key = vault.rejectionKey(gameNumber).encryption();
        return new Envelope().open(key, context(gameNumber, code), sealed);
    }

    private static byte[] context(int gameNumber, String code) {
        return ("rejected:" + gameNumber + ":" + code).getBytes(StandardCharsets.UTF_8);
    }
}
