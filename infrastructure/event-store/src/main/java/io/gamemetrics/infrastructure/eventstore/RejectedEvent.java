package io.gamemetrics.infrastructure.eventstore;

import java.time.Instant;

/**
 * An event that was refused, as it was sent, encrypted.
 *
 * @param tenant the game's number
 * @param expiresAt when it is deleted
 * @param code why it was refused, a stable word
 * @param sealed encrypted under the tenant's rejection key; the array is not copied
 */
public record RejectedEvent(int tenant, Instant receivedAt, Instant expiresAt, String code, byte[] sealed) {}
