package io.gamemetrics.infrastructure.privacy;

import java.security.MessageDigest;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The data key of one stream, on lease. Safe for concurrent use. */
public final class DataKey {

    private final UUID stream;
    private final int gameNumber;
    private final int playerNumber;
    private final byte[] secret;
    private final SecretKey encryption;
    private final long madeAtNanos = System.nanoTime();
    private volatile @Nullable SecretKey lookup;

    private DataKey(UUID stream, int gameNumber, int playerNumber, byte[] secret) {
        this.stream = stream;
        this.gameNumber = gameNumber;
        this.playerNumber = playerNumber;
        this.secret = secret;
        this.encryption = Secrets.encryptionKey(secret);
    }

    /**
     * @param gameNumber the game it belongs to
     * @param playerNumber the player's dense number, or -1 for a stream of the game itself
     * @param secret what both keys are derived from; kept, not copied
     */
    static DataKey of(UUID stream, int gameNumber, int playerNumber, byte[] secret) {
        return new DataKey(stream, gameNumber, playerNumber, secret);
    }

    public UUID stream() {
        return stream;
    }

    /** The game it belongs to. */
    public int gameNumber() {
        return gameNumber;
    }

    /** The player's dense number, or -1 for a stream of the game itself. */
    public int playerNumber() {
        return playerNumber;
    }

    /** When it was read, as {@link System#nanoTime} has it: its lease began a little before. */
    public long madeAtNanos() {
        return madeAtNanos;
    }

    /** The key of envelopes. */
    public SecretKey encryption() {
        return encryption;
    }

    /** The key of lookup keys. Derived when first asked for: who only reads never asks, and it is half the work. */
    public SecretKey lookup() {
        SecretKey derived = lookup;
        if (derived == null) {
            derived = Secrets.lookupKey(secret);
            lookup = derived;
        }
        return derived;
    }

    /** Whether it is the same stream's and opens the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            // Who reads the same in one process mostly has the very same one.
            return true;
        }
        return other instanceof DataKey that
                && stream.equals(that.stream)
                && gameNumber == that.gameNumber
                && playerNumber == that.playerNumber
                && MessageDigest.isEqual(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return stream.hashCode();
    }

    @Override
    public String toString() {
        return "DataKey[stream=" + stream + "]";
    }
}
