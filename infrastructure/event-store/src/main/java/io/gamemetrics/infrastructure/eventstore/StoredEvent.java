package io.gamemetrics.infrastructure.eventstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.UUID;

/**
 * One event as it lies in the store and travels through Kafka: in clear only what singles no person out.
 *
 * @param tenant the game's number
 * @param stream the aggregate whose event it is
 * @param sequence its place in the stream, from 0
 * @param type the catalog's number of the event's name
 * @param revision the revision of that name's shape
 * @param payload the encrypted envelope, handed on untouched; the array is not copied
 */
public record StoredEvent(
        Position position,
        int tenant,
        UUID stream,
        long sequence,
        int type,
        int revision,
        Instant storedAt,
        byte[] payload) {}
