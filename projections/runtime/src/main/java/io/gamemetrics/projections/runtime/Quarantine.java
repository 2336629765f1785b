package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition's streams that wait, and what operators want of them. The partition's thread does it between batches;
 * what is wanted, what came of it and what waits may be asked and said from any thread.
 */
final class Quarantine {

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    /** In whose name a stream goes on whose first event only waits: a release of it ended half way. */
    private static final UUID NOBODY = new UUID(0, 0);

    /** After so long other players' events have their turn, also when a stream is not released to its end. */
    private static final Duration MOST = Duration.ofMillis(200);

    private final Projection projection;
    private final int partition;
    private final EventStore store;
    private final StreamRelease release;
    private final Map<UUID, HeldStream> held = new HashMap<>();
    private final Set<Release> wanted = ConcurrentHashMap.newKeySet();
    private final Map<Release, Released> done = new ConcurrentHashMap<>();
    private final Map<Release, Released> begun = new HashMap<>();
    private boolean isLeft;
    private volatile List<HeldStream> shown = List.of();
    private volatile boolean isKnown;

    Quarantine(Projection projection, int partition, EventStore store, EventReader events) {
        this.projection = projection;
        this.partition = partition;
        this.store = store;
        this.release = new StreamRelease(projection, partition, store, events);
    }

    /** Reads what waits from the projection's store. */
    void load() {
        Map<UUID, HeldStream> before = Map.copyOf(held);
        held.clear();
        for (QuarantinedStream stream : projection.quarantined(partition)) {
            held.put(stream.stream(), describe(stream, before.get(stream.stream())));
            if (stream.first().cause().equals(ParkedEvent.WAITS)) {
                wanted.add(new Release(0, NOBODY, partition, stream.stream(), null));
            }
        }
        show();
        isKnown = true;
    }

    /** Why an event has to wait; absent when it has not. What stands before a stream's first parked event has not. */
    @Nullable
    String causeToWait(UUID stream, Position position) {
        HeldStream here = held.get(stream);
        if (here == null) {
            return null;
        }
        ParkedEvent first = here.stream().first();
        if (first.position().equals(position)) {
            return first.cause();
        }
        return first.position().number() < position.number() ? ParkedEvent.WAITS : null;
    }

    /** Takes in what was parked just now, in order. */
    void add(Collection<ParkedEvent> parked, Map<Position, StoredEvent> events) {
        for (ParkedEvent event : parked) {
            HeldStream here = held.get(event.stream());
            StoredEvent stored = events.get(event.position());
            if (here != null) {
                held.put(
                        event.stream(),
                        new HeldStream(here.stream().and(event), here.tenant(), here.type(), here.revision()));
            } else if (stored != null) {
                held.put(event.stream(), of(new QuarantinedStream(event, event.position(), 1), stored));
            }
        }
        if (!parked.isEmpty()) {
            show();
        }
    }

    /** Nothing of these streams waits any more, and nothing will. */
    void forget(Collection<UUID> streams) {
        if (held.keySet().removeAll(streams)) {
            show();
        }
    }

    /** Whether what waits was read from the projection's store. */
    boolean isKnown() {
        return isKnown;
    }

    /** What waits now; nothing before it {@link #isKnown}. */
    List<HeldStream> held() {
        return shown;
    }

    /** Asks for a release; again, before {@link #settle}, changes nothing. */
    void want(Release wish) {
        if (!done.containsKey(wish)) {
            wanted.add(wish);
        }
    }

    /** What came of releases. */
    Map<Release, Released> done() {
        return Map.copyOf(done);
    }

    /** Forgets what came of it: it is written down elsewhere. */
    void settle(Release wish) {
        done.remove(wish);
    }

    /** Whether {@link #attend} was enough for once, so that there is more to do at once. For the partition's thread. */
    boolean isBusy() {
        return isLeft && !wanted.isEmpty();
    }

    /**
     * Does what is wanted, for a moment; what is left is done next time.
     *
     * @param at the checkpoint in the projection's store; absent before its first
     * @return whether any stream waits no more, or for another event
     */
    boolean attend(@Nullable Checkpoint at) {
        if (wanted.isEmpty() || at == null) {
            return false;
        }
        boolean any = false;
        isLeft = false;
        long start = System.nanoTime();
        for (Release wish : inOrder()) {
            HeldStream here = held.get(wish.stream());
            if (here != null && here.stream().last().number() > at.position().number()) {
                // What was handled once is being handled again: the stream's turn comes when that is done.
                continue;
            }
            Released released = release.run(wish, at, MOST);
            any |= released.applied() + released.skipped() > 0;
            note(wish, here, released);
            if (System.nanoTime() - start > MOST.toNanos()) {
                isLeft = true;
                break;
            }
        }
        show();
        return any;
    }

    private void note(Release wish, @Nullable HeldStream here, Released piece) {
        ParkedEvent stopped = piece.stopped();
        ParkedEvent first = stopped == null ? piece.next() : stopped;
        if (first == null) {
            held.remove(wish.stream());
        } else if (here != null) {
            long left = here.stream().events() - piece.applied() - piece.skipped();
            held.put(
                    wish.stream(),
                    look(new QuarantinedStream(first, here.stream().last(), Math.max(left, 1))));
        }
        Released released = begun.getOrDefault(wish, Released.NOTHING).and(piece);
        if (released.next() != null) {
            begun.put(wish, released);
            return;
        }
        begun.remove(wish);
        if (wish.target() != 0) {
            done.put(wish, released);
        }
        wanted.remove(wish);
        LOG.info(
                "{}: released: partition={} order={} applied={} skipped={} stopped={}",
                projection.name(),
                partition,
                wish.order(),
                released.applied(),
                released.skipped(),
                stopped == null ? "no" : stopped.position());
    }

    /** Who was stopped first goes first: settings of a game before what its players did. */
    private List<Release> inOrder() {
        return wanted.stream().sorted(Comparator.comparingLong(this::firstOf)).toList();
    }

    private long firstOf(Release wish) {
        HeldStream here = held.get(wish.stream());
        return here == null ? 0 : here.stream().first().position().number();
    }

    /** What was known of the event that is waited for need not be read again. */
    private HeldStream describe(QuarantinedStream stream, @Nullable HeldStream before) {
        if (before != null
                && before.stream().first().position().equals(stream.first().position())) {
            return new HeldStream(stream, before.tenant(), before.type(), before.revision());
        }
        return look(stream);
    }

    private HeldStream look(QuarantinedStream stream) {
        ParkedEvent first = stream.first();
        List<StoredEvent> found = store.readStream(first.stream(), first.sequence(), 1);
        return found.isEmpty() ? new HeldStream(stream, 0, 0, 0) : of(stream, found.getFirst());
    }

    private static HeldStream of(QuarantinedStream stream, StoredEvent first) {
        return new HeldStream(stream, first.tenant(), first.type(), first.revision());
    }

    private void show() {
        shown = held.values().stream()
                .sorted(Comparator.comparingLong(
                        here -> here.stream().first().position().number()))
                .toList();
    }
}
