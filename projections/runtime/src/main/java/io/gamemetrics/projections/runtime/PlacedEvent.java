package io.gamemetrics.projections.runtime;

import java.io.Serial;
import java.time.Instant;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/**
 * An event as Axon hands it to handlers, with its place. The position is the identifier. Hardly a handler asks for the names Axon
 * gives to a place, so they are made when one does.
 */
final class PlacedEvent implements DomainEventMessage<Object> {

    @Serial
    private static final long serialVersionUID = 2L;

    // Messages are serializable in Axon; these never leave the process.
    private final transient Object payload;
    private final transient EventPlace place;

    PlacedEvent(Object payload, EventPlace place) {
        this.payload = payload;
        this.place = place;
    }

    EventPlace place() {
        return place;
    }

    @Override
    public Object getPayload() {
        return payload;
    }

    @Override
    @SuppressWarnings("unchecked") // all that Axon promises of a payload is that it is an object
    public Class<Object> getPayloadType() {
        return (Class<Object>) payload.getClass();
    }

    @Override
    public String getIdentifier() {
        return place.position().toString();
    }

    @Override
    public String getType() {
        return "stream";
    }

    @Override
    public String getAggregateIdentifier() {
        return place.stream().toString();
    }

    @Override
    public long getSequenceNumber() {
        return place.sequence();
    }

    @Override
    public Instant getTimestamp() {
        return place.storedAt();
    }

    @Override
    public MetaData getMetaData() {
        return MetaData.emptyInstance();
    }

    /** Without the place. */
    @Override
    public DomainEventMessage<Object> withMetaData(Map<String, ?> metaData) {
        return new GenericDomainEventMessage<>(
                getType(),
                getAggregateIdentifier(),
                getSequenceNumber(),
                payload,
                metaData,
                getIdentifier(),
                getTimestamp());
    }

    @Override
    public DomainEventMessage<Object> andMetaData(Map<String, ?> metaData) {
        return withMetaData(metaData);
    }
}
