package io.gamemetrics.infrastructure.privacy;

import java.util.UUID;
import javax.crypto.SecretKey;

/**
 * The data key of one stream, on lease.
 *
 * @param gameNumber the game it belongs to
 * @param playerNumber the player's dense number, or -1 for a stream of the game itself
 */
public record DataKey(UUID stream, int gameNumber, int playerNumber, SecretKey encryption, SecretKey lookup) {

    /** Derives both keys from a stream's secret. */
    static DataKey of(UUID stream, int gameNumber, int playerNumber, byte[] secret) {
        return new DataKey(stream, gameNumber, playerNumber, Secrets.encryptionKey(secret), Secrets.lookupKey(secret));
    }

    @Override
    public String toString() {
        return "DataKey[stream=" + stream + "]";
    }
}
