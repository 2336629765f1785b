package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.ingestion.StoredHistory.Past;
import io.gamemetrics.commandside.player.KnownEvents.Known;
import io.gamemetrics.infrastructure.eventstore.Appended;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventCodec.NewEvent;
import io.gamemetrics.infrastructure.eventstore.EventGroup;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.AbstractEventBus;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.jspecify.annotations.Nullable;

/**
 * Axon's view of the event store for one lane: reads what was prefetched for the group, and appends the whole group at
 * once. Used by the lane's thread only.
 */
final class LaneEventStore extends AbstractEventBus implements org.axonframework.eventsourcing.eventstore.EventStore {

    private final EventStore store;
    private final EventCodec codec;
    private final StoredHistory history;
    private final Map<String, Prefetched> prefetched = new HashMap<>();
    private final Map<UUID, Long> appendedSequences = new HashMap<>();
    private @Nullable Position appendedAt;

    /** What was read of a stream, and which aggregate is made of it. */
    private record Prefetched(AggregateKind<?, ?> kind, Past past) {}

    LaneEventStore(EventStore store, EventCodec codec, StoredHistory history) {
        super(new Builder() {});
        this.store = store;
        this.codec = codec;
        this.history = history;
    }

    /** Forgets the last group. */
    void beginGroup() {
        prefetched.clear();
        appendedSequences.clear();
        appendedAt = null;
    }

    void prefetch(String id, AggregateKind<?, ?> kind, Past past) {
        prefetched.put(id, new Prefetched(kind, past));
    }

    /** Where the group went; absent when it had no events. */
    @Nullable
    Position appendedAt() {
        return appendedAt;
    }

    /** The last sequence of each stream that the group appended to. */
    Map<UUID, Long> appendedSequences() {
        return appendedSequences;
    }

    @Override
    public DomainEventStream readEvents(String id) {
        Prefetched known = prefetched.get(id);
        if (known != null) {
            return stream(id, known.kind(), known.past());
        }
        // The other player of a link: nobody knew beforehand that they are needed.
        UUID stream = UUID.fromString(id);
        Past past = history.pasts(List.of(stream)).getOrDefault(stream, Past.NONE);
        return stream(id, AggregateKind.PLAYER, past);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String id) {
        UUID stream = UUID.fromString(id);
        return Optional.ofNullable(store.headSequences(List.of(stream)).get(stream));
    }

    @Override
    protected void prepareCommit(List<? extends EventMessage<?>> events) {
        List<NewEvent> news = new ArrayList<>(events.size());
        for (EventMessage<?> event : events) {
            DomainEventMessage<?> message = (DomainEventMessage<?>) event;
            news.add(new NewEvent(
                    UUID.fromString(message.getAggregateIdentifier()),
                    message.getSequenceNumber(),
                    message.getPayload()));
        }
        List<Encoded> encoded = codec.encode(news);
        List<EventGroup.Row> rows = new ArrayList<>(news.size());
        for (int i = 0; i < news.size(); i++) {
            NewEvent event = news.get(i);
            rows.add(new EventGroup.Row(event.stream(), event.sequence(), encoded.get(i)));
            appendedSequences.merge(event.stream(), event.sequence(), Math::max);
        }
        Appended appended = store.append(EventGroup.of(rows));
        appendedAt = appended.last();
        super.prepareCommit(events);
    }

    /** Snapshots are taken by the lane, of the aggregates it holds, and not by way of Axon's messages. */
    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new IllegalStateException("lanes store their snapshots themselves");
    }

    /** Everybody reads events in order of position from the store itself. */
    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken from) {
        throw new IllegalStateException("lanes are not a source of events");
    }

    private static DomainEventStream stream(String id, AggregateKind<?, ?> kind, Past past) {
        List<DomainEventMessage<?>> messages = new ArrayList<>(past.events().size() + 1);
        String type = kind.type().getSimpleName();
        byte[] snapshot = past.snapshot();
        if (snapshot != null) {
            messages.add(new GenericDomainEventMessage<>(
                    type, id, past.snapshotSequence(), kind.fromSnapshot().apply(id, snapshot)));
        }
        for (Known event : past.events()) {
            messages.add(new GenericDomainEventMessage<>(type, id, event.sequence(), event.event()));
        }
        return DomainEventStream.of(messages);
    }
}
