package io.gamemetrics.infrastructure.eventstore;

import io.gamemetrics.sharedkernel.ids.Position;

/**
 * Where a group went: its events have the numbers from {@code last.number() − count + 1} to {@code last.number()}.
 *
 * @param last the position of its last event
 * @param count how many events it had; 0 when it had none, and {@code last} is then the last of the store
 */
public record Appended(Position last, int count) {}
