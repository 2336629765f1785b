package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.eventstream.StreamPartitions;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event store once for all partitions of this instance that are being built, and gives each its part. The
 * slowest partition sets the pace; one that comes later, from further back, takes the others back with it, who let pass
 * what they have. Pages end where a {@link Milestones milestone's} range does. Safe for concurrent use.
 */
final class StoreFeed implements AutoCloseable {

    private static final int PAGE_EVENTS = 10_000;

    /** A batch is read while the one before is written, of six partitions as of one. */
    private static final int PAGES_AHEAD = 8;

    private static final Duration HEAD = Duration.ofMillis(200);

    private final EventStore store;
    private final IntPredicate configuration;
    private final int partitions;
    private final Pace pace;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, StorePart> parts = new HashMap<>();
    private @Nullable Thread thread;
    private boolean closed;

    /** @param configuration whether events of this type are part of every partition */
    StoreFeed(EventStore store, IntPredicate configuration, int partitions, Pace pace, String name) {
        this.store = store;
        this.configuration = configuration;
        this.partitions = partitions;
        this.pace = pace;
        this.name = name;
    }

    /** The partition's events after a position. Who opens it takes from it until closing it. */
    StorePart open(int partition, Position after) {
        lock.lock();
        try {
            StorePart part = new StorePart(after, PAGES_AHEAD, left -> leave(partition, left));
            parts.put(partition, part);
            if (thread == null && !closed) {
                thread = Thread.ofPlatform().name(name).daemon(true).start(this::run);
            }
            changed.signalAll();
            return part;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            if (thread != null) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whoever has the partition now, perhaps in this instance again, keeps what is theirs. */
    private void leave(int partition, StorePart part) {
        lock.lock();
        try {
            parts.remove(partition, part);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            List<StorePart> open = awaitParts();
            while (!open.isEmpty()) {
                try {
                    page(open);
                } catch (RuntimeException e) {
                    // Theirs to wait out: each begins again from its own checkpoint.
                    open.forEach(part -> part.fail(e));
                }
                open = awaitParts();
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    /** Those to read for; empty when this is closed. */
    private List<StorePart> awaitParts() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && parts.values().stream().noneMatch(StorePart::wants)) {
                changed.await();
            }
            return closed
                    ? List.of()
                    : parts.values().stream().filter(StorePart::wants).toList();
        } finally {
            lock.unlock();
        }
    }

    private void page(List<StorePart> open) throws InterruptedException {
        Position after = open.stream()
                .map(StorePart::last)
                .min((one, other) -> Long.compare(one.number(), other.number()))
                .orElseThrow();
        long toMilestone = Milestones.RANGE - after.number() % Milestones.RANGE;
        int most = Math.min(PAGE_EVENTS, pace.most());
        List<StoredEvent> events = store.read(after, (int) Math.min(most, toMilestone));
        if (events.isEmpty()) {
            store.awaitAfter(after, HEAD);
            return;
        }
        pace.await(events.size());
        Map<Integer, List<StoredEvent>> split = split(events);
        StoredEvent last = events.getLast();
        for (Map.Entry<Integer, StorePart> each : snapshot().entrySet()) {
            List<StoredEvent> mine = split.getOrDefault(each.getKey(), List.of());
            each.getValue().give(after, new StorePage(mine, last.position(), last.storedAt()));
        }
    }

    private Map<Integer, StorePart> snapshot() {
        lock.lock();
        try {
            return Map.copyOf(parts);
        } finally {
            lock.unlock();
        }
    }

    private Map<Integer, List<StoredEvent>> split(List<StoredEvent> events) {
        Map<Integer, List<StoredEvent>> split = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            split.put(partition, new ArrayList<>());
        }
        for (StoredEvent event : events) {
            if (configuration.test(event.type())) {
                split.values().forEach(part -> part.add(event));
            } else {
                split.getOrDefault(StreamPartitions.of(event.stream(), partitions), List.of())
                        .add(event);
            }
        }
        return split;
    }
}
