package io.gamemetrics.infrastructure.replays;

import java.time.Instant;

/**
 * What somebody did to a replay.
 *
 * @param actor who: the caller's name, or {@code platform}
 * @param detail what more there is to say; empty for nothing
 */
public record ReplayAction(Instant at, String actor, String action, String detail) {}
