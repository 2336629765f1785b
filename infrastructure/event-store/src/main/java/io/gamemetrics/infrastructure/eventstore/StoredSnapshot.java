package io.gamemetrics.infrastructure.eventstore;

import java.util.UUID;

/**
 * A stream's state as of one of its events.
 *
 * @param sequence of the last event in it
 * @param sealed what {@link EventCodec#sealSnapshot} made; the array is not copied
 */
public record StoredSnapshot(UUID stream, long sequence, byte[] sealed) {}
