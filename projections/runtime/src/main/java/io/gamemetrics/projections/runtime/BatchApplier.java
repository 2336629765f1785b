package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventHash;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.privacy.EndsAPerson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds events into the projection and moves its checkpoint with them. A fold that fails is halved until the one event
 * that can't be applied is alone; that one is parked, its stream waits, and all others go on. Used by one thread.
 */
final class BatchApplier {

    private static final Logger LOG = LoggerFactory.getLogger(BatchApplier.class);

    private final Projection projection;
    private final int partition;
    private final EventReader events;
    private final int mostQuarantined;
    private final Quarantine quarantine;
    private @Nullable Checkpoint saved;
    private volatile Checkpoint current;
    private final AtomicLong erasedCount = new AtomicLong();

    /**
     * @param quarantine of this partition, as the projection's store has it
     * @param saved the checkpoint in the projection's store; absent when it has none
     * @param current the same, or the beginning
     */
    BatchApplier(
            Projection projection,
            int partition,
            EventReader events,
            Quarantine quarantine,
            int mostQuarantined,
            @Nullable Checkpoint saved,
            Checkpoint current) {
        this.projection = projection;
        this.partition = partition;
        this.events = events;
        this.mostQuarantined = mostQuarantined;
        this.quarantine = quarantine;
        this.saved = saved;
        this.current = current;
    }

    /**
     * Applies all of this partition's events after the current checkpoint, up to {@code to}.
     *
     * @throws CheckpointMovedException when another instance has the partition now
     * @throws PartitionPausedException when somebody has to act before it goes on; what came before is written
     */
    void apply(List<StoredEvent> fresh, Position to, Instant asOf, long nextOffset) {
        attend();
        List<Item> items = events.read(fresh);
        int unknown = indexOfUnknown(items);
        if (unknown < 0) {
            commitAll(items, to, asOf, nextOffset);
            return;
        }
        if (unknown > 0) {
            List<Item> known = items.subList(0, unknown);
            commitAll(known, known.getLast().event().position(), current.asOf(), current.nextOffset());
        }
        StoredEvent event = items.get(unknown).event();
        throw new PartitionPausedException("Projection " + projection.name() + " is paused on partition " + partition
                + " at position " + event.position() + ": this build does not know event type " + event.type()
                + " revision " + event.revision() + "; deploy the build that does.");
    }

    /**
     * Does what operators want of streams that wait.
     *
     * @return whether any stream waits no more, or for another event
     */
    boolean attend() {
        return quarantine.attend(saved);
    }

    Checkpoint current() {
        return current;
    }

    long erasedCount() {
        return erasedCount.get();
    }

    /**
     * What a stream begins to wait for is parked by itself, before anything behind it is written, as {@link #park} does with an
     * event whose handler fails. A store that is no single transaction may have written what stands behind it when the process
     * is killed, and tell by that what it has; the next build may be able to read the event, which would be left out then.
     */
    private void commitAll(List<Item> items, Position to, Instant asOf, long nextOffset) {
        int from = 0;
        for (int i = 0; i < items.size(); i++) {
            if (beginsToWait(items.get(i))) {
                if (from < i) {
                    commitUpToLast(items.subList(from, i));
                }
                commitUpToLast(items.subList(i, i + 1));
                from = i + 1;
            }
        }
        commitOrHalve(items.subList(from, items.size()), to, asOf, nextOffset);
    }

    private boolean beginsToWait(Item item) {
        StoredEvent event = item.event();
        return item instanceof Item.Park && quarantine.causeToWait(event.stream(), event.position()) == null;
    }

    private void commitOrHalve(List<Item> items, Position to, Instant asOf, long nextOffset) {
        try {
            commit(items, to, asOf, nextOffset);
        } catch (CheckpointMovedException | PartitionPausedException e) {
            throw e;
        } catch (RuntimeException e) {
            if (items.isEmpty() || PassingTrouble.is(e)) {
                throw e;
            }
            if (items.size() == 1) {
                park(items.getFirst().event(), e, to, asOf, nextOffset);
                return;
            }
            int middle = items.size() / 2;
            commitUpToLast(items.subList(0, middle));
            commitOrHalve(items.subList(middle, items.size()), to, asOf, nextOffset);
        }
    }

    /** Part of a segment: where to read on stays at the segment's beginning. */
    private void commitUpToLast(List<Item> items) {
        commitOrHalve(items, items.getLast().event().position(), current.asOf(), current.nextOffset());
    }

    private void park(StoredEvent event, RuntimeException failure, Position to, Instant asOf, long nextOffset) {
        // Neither message nor trace: a handler's exception may quote the event.
        LOG.error(
                "{}: event parked, its stream waits: partition={} position={} type={} revision={} failure={}",
                projection.name(),
                partition,
                event.position(),
                event.type(),
                event.revision(),
                rootOf(failure).getClass().getName());
        commit(List.of(new Item.Park(event, StreamRelease.HANDLER_FAILED)), to, asOf, nextOffset);
    }

    private void commit(List<Item> items, Position to, Instant asOf, long nextOffset) {
        Projection.Batch batch = projection.begin(partition);
        List<ParkedEvent> parked = new ArrayList<>();
        Map<Position, StoredEvent> parkedEvents = new HashMap<>();
        Set<UUID> poisoned = new HashSet<>();
        Set<UUID> ended = new HashSet<>();
        long checksum = current.handledChecksum();
        long erased = 0;
        if (!items.isEmpty()) {
            EventHandlers handlers = new EventHandlers(batch.handlers());
            for (Item item : items) {
                StoredEvent event = item.event();
                checksum += EventHash.of(event);
                String waits = poisoned.contains(event.stream())
                        ? ParkedEvent.WAITS
                        : quarantine.causeToWait(event.stream(), event.position());
                switch (item) {
                    // It waits for nothing: the handler takes away what waits, as all there is of the stream.
                    case Item.Apply apply
                    when apply.payload() instanceof EndsAPerson -> {
                        handlers.handle(apply.payload(), apply.place());
                        parked.removeIf(before -> before.stream().equals(event.stream()));
                        poisoned.remove(event.stream());
                        ended.add(event.stream());
                    }
                    case Item.Apply apply when waits != null -> parked.add(parked(event, waits));
                    case Item.Apply apply -> handlers.handle(apply.payload(), apply.place());
                    case Item.Park park -> {
                        parked.add(parked(event, waits != null ? waits : park.cause()));
                        if (waits == null) {
                            poisoned.add(event.stream());
                        }
                    }
                    case Item.Pass pass -> erased += pass.erased() ? 1 : 0;
                    case Item.Unknown unknown ->
                        throw new IllegalArgumentException("an unknown event in a batch: " + event.position());
                }
            }
        }
        for (Item item : parked.isEmpty() ? List.<Item>of() : items) {
            parkedEvents.put(item.event().position(), item.event());
        }
        limit(poisoned);
        Checkpoint next = new Checkpoint(to, asOf, nextOffset, current.handledCount() + items.size(), checksum);
        batch.commit(saved, next, parked);
        saved = next;
        current = next;
        quarantine.forget(ended);
        quarantine.add(parked, parkedEvents);
        erasedCount.addAndGet(erased);
    }

    private void limit(Set<UUID> poisoned) {
        if (!poisoned.isEmpty() && quarantine.held().size() + poisoned.size() > mostQuarantined) {
            throw new PartitionPausedException("Projection " + projection.name() + " is paused on partition "
                    + partition + ": more than " + mostQuarantined
                    + " streams could not be applied, which is the projection's fault and not the events'.");
        }
    }

    private static ParkedEvent parked(StoredEvent event, String cause) {
        return new ParkedEvent(event.position(), event.stream(), event.sequence(), cause);
    }

    private static int indexOfUnknown(List<Item> items) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Item.Unknown) {
                return i;
            }
        }
        return -1;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
