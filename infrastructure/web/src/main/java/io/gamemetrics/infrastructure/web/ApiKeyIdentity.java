package io.gamemetrics.infrastructure.web;

import io.gamemetrics.sharedkernel.ids.GameId;

/**
 * Whose key it is and what it opens.
 *
 * @param keyId the key's public part
 * @param role what the key's kind allows, in this game only
 */
public record ApiKeyIdentity(GameId gameId, String keyId, Role role) {}
