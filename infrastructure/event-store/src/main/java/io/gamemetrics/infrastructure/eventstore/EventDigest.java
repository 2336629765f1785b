package io.gamemetrics.infrastructure.eventstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.UUID;

/**
 * Which event stands where, without what it holds.
 *
 * @param hash what {@link EventHash#of(StoredEvent)} says of it
 */
public record EventDigest(Position position, UUID stream, int type, long hash) {

    static EventDigest of(StoredEvent event) {
        return new EventDigest(event.position(), event.stream(), event.type(), EventHash.of(event));
    }
}
