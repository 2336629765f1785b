package io.gamemetrics.infrastructure.privacy;

/** A secret under the key-encryption key of an epoch. */
record WrappedKey(short epoch, byte[] bytes) {

    @Override
    public String toString() {
        return "WrappedKey[epoch=" + epoch + "]";
    }
}
