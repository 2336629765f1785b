package io.gamemetrics.projections.runtime;

import java.io.Serial;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** An event as Axon hands it to handlers, with its place. */
final class PlacedEvent extends GenericDomainEventMessage<Object> {

    @Serial
    private static final long serialVersionUID = 1L;

    // Messages are serializable in Axon; these never leave the process.
    private final transient EventPlace place;

    PlacedEvent(Object payload, EventPlace place) {
        // The position is the identifier: a random one would cost a SecureRandom call an event.
        super(
                "stream",
                place.stream().toString(),
                place.sequence(),
                payload,
                MetaData.emptyInstance(),
                place.position().toString(),
                place.storedAt());
        this.place = place;
    }

    EventPlace place() {
        return place;
    }
}
