package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.OtherIncarnationException;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.eventstream.StreamPartitions;
import io.gamemetrics.infrastructure.eventstream.StreamStoppedException;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.function.IntPredicate;

/** One partition of the stream as the event store has it: the other source, for what Kafka no longer has. */
final class StoreRange {

    private static final int PAGE_EVENTS = 5_000;

    private final EventStore store;
    private final IntPredicate configuration;
    private final String projection;
    private final int partition;
    private final int partitions;

    StoreRange(EventStore store, IntPredicate configuration, String projection, int partition, int partitions) {
        this.store = store;
        this.configuration = configuration;
        this.projection = projection;
        this.partition = partition;
        this.partitions = partitions;
    }

    /**
     * The partition's next events.
     *
     * @param upTo the end of the range, after {@code after} and at or before the store's head
     * @throws StreamStoppedException when the store no longer has the range
     */
    Page read(Position after, Position upTo) {
        try {
            List<StoredEvent> all = store.read(after, PAGE_EVENTS);
            if (all.isEmpty()) {
                throw StreamStoppedException.otherStore("Projection " + projection, upTo, store.position());
            }
            long end = Math.min(all.getLast().position().number(), upTo.number());
            return new Page(
                    all.stream()
                            .filter(event -> event.position().number() <= end)
                            .filter(this::isHere)
                            .toList(),
                    new Position(upTo.incarnation(), end));
        } catch (OtherIncarnationException e) {
            throw StreamStoppedException.otherStore("Projection " + projection, after, e.last());
        }
    }

    private boolean isHere(StoredEvent event) {
        return configuration.test(event.type()) || StreamPartitions.of(event.stream(), partitions) == partition;
    }

    /** @param position the end of what was read */
    record Page(List<StoredEvent> events, Position position) {}
}
