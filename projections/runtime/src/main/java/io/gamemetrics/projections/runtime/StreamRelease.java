package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a quarantined stream's parked events, in order, some at a time: each time what is applied leaves the quarantine
 * in the transaction that writes what it changed. So whoever is killed on the way goes on behind it. Used by one thread.
 */
final class StreamRelease {

    /** The cause of an event that this build can't tell: a newer one parked it. */
    static final String UNKNOWN_TYPE = "type.unknown";

    /** The cause of an event whose handler failed, or whose effect the store refused. */
    static final String HANDLER_FAILED = "handler.failed";

    /** The cause of an event that is in the event store no more. */
    private static final String MISSING = "event.missing";

    private static final Logger LOG = LoggerFactory.getLogger(StreamRelease.class);
    private static final int PAGE_EVENTS = 1_000;

    private final Projection projection;
    private final int partition;
    private final EventStore store;
    private final EventReader events;

    StreamRelease(Projection projection, int partition, EventStore store, EventReader events) {
        this.projection = projection;
        this.partition = partition;
        this.store = store;
        this.events = events;
    }

    /**
     * Applies what is parked, until one can't be, or until it was enough for once.
     *
     * @param at the checkpoint in the projection's store, which does not move
     * @param most after so long no more is begun; something always is
     * @throws CheckpointMovedException when another instance has the partition now
     */
    Released run(Release wish, Checkpoint at, Duration most) {
        long begun = System.nanoTime();
        long applied = 0;
        int skipped = 0;
        while (true) {
            List<ParkedEvent> parked = projection.parked(partition, wish.stream(), PAGE_EVENTS);
            if (parked.isEmpty()) {
                return new Released(applied, skipped, null, null);
            }
            if (applied + skipped > 0 && System.nanoTime() - begun > most.toNanos()) {
                return new Released(applied, skipped, null, parked.getFirst());
            }
            List<Parked> page = read(parked);
            int from = 0;
            if (parked.getFirst().position().equals(wish.skip())) {
                commit(List.of(), List.of(), List.of(parked.getFirst()), at);
                skipped++;
                from = 1;
            }
            int upTo = applyFrom(page, from, page.size(), at);
            applied += upTo - from;
            if (upTo < page.size()) {
                return new Released(applied, skipped, stop(page.get(upTo), at), null);
            }
        }
    }

    /** One parked event and what is to be done with it. */
    private record Parked(ParkedEvent place, Item item) {}

    /**
     * Applies a part of a page; halves it where it fails, so that what comes before the one event that can't be applied is.
     *
     * @return the index of the first that is not applied; the end where all are
     */
    private int applyFrom(List<Parked> page, int from, int to, Checkpoint at) {
        int readable = from;
        while (readable < to && isReadable(page.get(readable).item())) {
            readable++;
        }
        if (from == readable) {
            return from;
        }
        try {
            List<Parked> part = page.subList(from, readable);
            commit(part, List.of(), part.stream().map(Parked::place).toList(), at);
            return readable;
        } catch (CheckpointMovedException e) {
            throw e;
        } catch (RuntimeException e) {
            if (PassingTrouble.is(e)) {
                throw e;
            }
            if (readable - from == 1) {
                return from;
            }
            int middle = from + (readable - from) / 2;
            int reached = applyFrom(page, from, middle, at);
            return reached < middle ? reached : applyFrom(page, middle, readable, at);
        }
    }

    private static boolean isReadable(Item item) {
        return switch (item) {
            case Item.Apply apply -> true;
            case Item.Pass pass -> true;
            case Item.Park park -> false;
            case Item.Unknown unknown -> false;
        };
    }

    /** Says why this one is what the others wait for now. */
    private ParkedEvent stop(Parked parked, Checkpoint at) {
        ParkedEvent stopped = parked.place.because(
                switch (parked.item) {
                    case Item.Park park -> park.cause();
                    case Item.Unknown unknown -> UNKNOWN_TYPE;
                    case Item.Apply apply -> HANDLER_FAILED;
                    case Item.Pass pass -> HANDLER_FAILED;
                });
        // Taken away and put back: whoever finds it gone was not the first.
        commit(List.of(), List.of(stopped), List.of(stopped), at);
        LOG.error(
                "{}: event stays parked: partition={} position={} cause={}",
                projection.name(),
                partition,
                stopped.position(),
                stopped.cause());
        return stopped;
    }

    private void commit(List<Parked> apply, List<ParkedEvent> parked, List<ParkedEvent> released, Checkpoint at) {
        Projection.Batch batch = projection.begin(partition);
        EventHandlers handlers = new EventHandlers(batch.handlers());
        for (Parked each : apply) {
            if (each.item instanceof Item.Apply event) {
                handlers.handle(event.payload(), event.place());
            }
        }
        batch.commit(at, at, parked, released);
    }

    private List<Parked> read(List<ParkedEvent> parked) {
        Map<Position, StoredEvent> stored = stored(parked);
        List<StoredEvent> there = parked.stream()
                .map(ParkedEvent::position)
                .filter(stored::containsKey)
                .map(stored::get)
                .toList();
        Map<Position, Item> items = new HashMap<>();
        events.read(there).forEach(item -> items.put(item.event().position(), item));
        List<Parked> page = new ArrayList<>();
        for (ParkedEvent each : parked) {
            Item item = items.get(each.position());
            page.add(new Parked(each, item == null ? missing(each) : item));
        }
        return page;
    }

    private Map<Position, StoredEvent> stored(List<ParkedEvent> parked) {
        UUID stream = parked.getFirst().stream();
        Map<Position, StoredEvent> found = new HashMap<>();
        long from = parked.getFirst().sequence();
        while (from <= parked.getLast().sequence()) {
            List<StoredEvent> some = store.readStream(stream, from, PAGE_EVENTS);
            if (some.isEmpty()) {
                break;
            }
            some.forEach(event -> found.put(event.position(), event));
            from = some.getLast().sequence() + 1;
        }
        return found;
    }

    private static Item missing(ParkedEvent event) {
        StoredEvent nothing = new StoredEvent(
                event.position(), 0, event.stream(), event.sequence(), 0, 0, Instant.EPOCH, new byte[0]);
        return new Item.Park(nothing, MISSING);
    }
}
