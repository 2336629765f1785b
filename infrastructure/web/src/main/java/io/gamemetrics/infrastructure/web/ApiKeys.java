package io.gamemetrics.infrastructure.web;

import java.util.Optional;

/** Where a service looks up games' keys. Called on every request that carries one, from many threads at once. */
@FunctionalInterface
public interface ApiKeys {

    /** What a token of a game's key begins with; anything else is taken for a person's token. */
    String PREFIX = "gmk_";

    /**
     * Whose key this is.
     *
     * @param token the whole secret as sent, at most 512 characters, beginning with {@link #PREFIX}; never log it
     * @return empty when no such key exists, or it is revoked or expired. Hashes are compared in constant time, see
     *     {@link KeyHash}
     */
    Optional<ApiKeyIdentity> find(String token);
}
