package io.gamemetrics.infrastructure.eventstore;

import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;

/** An event cannot be handed to Axon, because its payload can't be had. */
public final class UnreadableEventException extends EventStoreException {

    private static final long serialVersionUID = 1L;

    private final transient Decoded decoded;

    UnreadableEventException(StoredEvent event, Decoded decoded) {
        super(
                "event " + event.sequence() + " of stream " + event.stream() + " at position " + event.position()
                        + " cannot be read: " + decoded,
                null);
        this.decoded = decoded;
    }

    /** Why not. */
    public Decoded decoded() {
        return decoded;
    }
}
