package io.gamemetrics.infrastructure.eventstore;

import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventCodec.NewEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Axon's storage on the event store. Aggregate identifiers are UUIDs as text; every event is a domain event, its payload
 * encoded by the {@link EventCodec}. One list of events is one group, appended and durable when {@link #appendEvents}
 * returns, whatever becomes of the unit of work afterwards. Safe for concurrent use.
 *
 * <p>Not kept: metadata, message identifiers, aggregate type names.
 */
public final class PostgresStorageEngine implements EventStorageEngine {

    private static final int PAGE = 1_000;

    private final EventStore store;
    private final EventCodec codec;
    private final DecodedMessages messages;
    private final SnapshotBytes snapshotBytes;

    /** @param snapshotSerializer for aggregates' snapshots only, before they are sealed */
    public PostgresStorageEngine(EventStore store, EventCodec codec, Serializer snapshotSerializer) {
        this.store = store;
        this.codec = codec;
        this.messages = new DecodedMessages(codec);
        this.snapshotBytes = new SnapshotBytes(snapshotSerializer);
    }

    /**
     * Appends one group. The root unit of work, where there is one, learns where it went ({@link AppendResources}) and
     * may bring refused events along.
     *
     * @throws ConcurrencyException when a stream has moved on since its aggregate was read: nothing was stored
     */
    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (events.isEmpty()) {
            return;
        }
        List<NewEvent> fresh = new ArrayList<>(events.size());
        for (EventMessage<?> event : events) {
            fresh.add(newEvent(event));
        }
        List<Encoded> encoded = codec.encode(fresh);
        List<EventGroup.Row> rows = new ArrayList<>(events.size());
        for (int index = 0; index < fresh.size(); index++) {
            rows.add(new EventGroup.Row(
                    fresh.get(index).stream(), fresh.get(index).sequence(), encoded.get(index)));
        }
        List<RejectedEvent> rejected =
                CurrentUnitOfWork.map(AppendResources::takeRejected).orElse(List.of());
        try {
            Appended appended = store.append(new EventGroup(rows, rejected));
            CurrentUnitOfWork.ifStarted(unitOfWork -> AppendResources.appended(unitOfWork, appended));
        } catch (StaleStreamException e) {
            throw new ConcurrencyException("an aggregate has moved on since it was read", e);
        }
    }

    private static NewEvent newEvent(EventMessage<?> event) {
        if (!(event instanceof DomainEventMessage<?> domain)) {
            throw new IllegalArgumentException("only events of an aggregate can be stored: payload type="
                    + event.getPayloadType().getName());
        }
        return new NewEvent(
                UUID.fromString(domain.getAggregateIdentifier()), domain.getSequenceNumber(), domain.getPayload());
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        UUID stream = UUID.fromString(aggregateIdentifier);
        AtomicLong next = new AtomicLong(firstSequenceNumber);
        Stream<DomainEventMessage<?>> events = PagedIterator.stream(() -> {
            List<StoredEvent> page = store.readStream(stream, next.get(), PAGE);
            next.addAndGet(page.size());
            return messages.domain(page);
        });
        return DomainEventStream.of(events, () -> next.get() - 1);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        UUID stream = UUID.fromString(aggregateIdentifier);
        return Optional.ofNullable(store.headSequences(List.of(stream)).get(stream));
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        AtomicReference<Position> reached = new AtomicReference<>(position(token == null ? createTailToken() : token));
        return PagedIterator.stream(() -> {
            List<StoredEvent> page = store.read(reached.get(), PAGE);
            if (!page.isEmpty()) {
                reached.set(page.getLast().position());
            }
            return messages.tracked(page);
        });
    }

    private static Position position(TrackingToken token) {
        if (token instanceof PositionToken position) {
            return position.asPosition();
        }
        throw new IllegalArgumentException("not a position of the event store: " + token);
    }

    @Override
    public TrackingToken createTailToken() {
        return new PositionToken(store.position().incarnation(), 0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return PositionToken.of(store.position());
    }

    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        return PositionToken.of(store.positionBefore(dateTime));
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        UUID stream = UUID.fromString(snapshot.getAggregateIdentifier());
        long sequence = snapshot.getSequenceNumber();
        byte[] sealed = codec.sealSnapshot(stream, sequence, snapshotBytes.write(snapshot));
        store.storeSnapshots(List.of(new StoredSnapshot(stream, sequence, sealed)));
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        UUID stream = UUID.fromString(aggregateIdentifier);
        StoredSnapshot snapshot = store.snapshots(List.of(stream)).get(stream);
        if (snapshot == null) {
            return Optional.empty();
        }
        byte[] plain = codec.openSnapshot(stream, snapshot.sequence(), snapshot.sealed());
        return plain.length == 0
                ? Optional.empty()
                : Optional.of(snapshotBytes.read(stream, snapshot.sequence(), plain));
    }
}
