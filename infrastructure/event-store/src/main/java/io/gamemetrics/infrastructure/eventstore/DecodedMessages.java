package io.gamemetrics.infrastructure.eventstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * Stored events as Axon's messages: the payload is the event itself, the timestamp is when it was stored, the identifier
 * says its place in its stream. Metadata and the aggregate's type name are not stored.
 */
final class DecodedMessages {

    private static final String NO_TYPE = "";

    private final EventCodec codec;

    DecodedMessages(EventCodec codec) {
        this.codec = codec;
    }

    /** @throws UnreadableEventException when one of them can't be read */
    List<DomainEventMessage<?>> domain(List<StoredEvent> events) {
        List<EventCodec.Decoded> decoded = codec.decode(events);
        List<DomainEventMessage<?>> messages = new ArrayList<>(events.size());
        for (int index = 0; index < events.size(); index++) {
            messages.add(message(events.get(index), decoded.get(index)));
        }
        return messages;
    }

    /** @throws UnreadableEventException when one of them can't be read */
    List<TrackedEventMessage<?>> tracked(List<StoredEvent> events) {
        List<DomainEventMessage<?>> domain = domain(events);
        List<TrackedEventMessage<?>> messages = new ArrayList<>(events.size());
        for (int index = 0; index < events.size(); index++) {
            messages.add(new GenericTrackedDomainEventMessage<>(
                    PositionToken.of(events.get(index).position()), domain.get(index)));
        }
        return messages;
    }

    private static DomainEventMessage<?> message(StoredEvent event, EventCodec.Decoded decoded) {
        return switch (decoded) {
            case EventCodec.Decoded.Event readable ->
                new GenericDomainEventMessage<>(
                        NO_TYPE,
                        event.stream().toString(),
                        event.sequence(),
                        readable.payload(),
                        Map.of(),
                        event.stream() + "/" + event.sequence(),
                        event.storedAt());
            case EventCodec.Decoded.Erased _, EventCodec.Decoded.UnknownType _, EventCodec.Decoded.Unreadable _ ->
                throw new UnreadableEventException(event, decoded);
        };
    }
}
