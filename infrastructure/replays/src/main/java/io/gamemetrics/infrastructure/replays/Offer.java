package io.gamemetrics.infrastructure.replays;

import java.time.Instant;
import java.util.UUID;

/**
 * A replay that is offered to operators.
 *
 * @param version of the read model, the one readers asked when it was offered
 * @param since when there was reason for it first
 */
public record Offer(UUID id, String projection, int version, Occasion occasion, Instant since) {}
