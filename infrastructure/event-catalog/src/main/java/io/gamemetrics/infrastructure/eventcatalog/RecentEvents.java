package io.gamemetrics.infrastructure.eventcatalog;

import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.privacy.DataKey;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Events opened a moment ago, for all who read the same events in one process. What is handed out is what opening the event
 * again would give: the same bytes in the same place, under the very key that the reader was just given. Who is given no key
 * is given no event.
 *
 * <p>A table by position, so the last so many events have a place each and nobody waits for a lock. Whoever comes first
 * claims an event and opens it; who comes meanwhile goes on with the next ones and looks again at the end. Old events pass by:
 * a replay neither finds anything here nor takes a place. Safe for concurrent use.
 */
public final class RecentEvents implements AutoCloseable {

    /** What was stored before this is read by a replay, or by who is so late that nobody else reads the same. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private static final Duration SWEPT_EVERY = Duration.ofSeconds(1);

    /** Bytes of an envelope, several times the usual: what is larger would take several places' share of the heap. */
    private static final int LARGEST_BYTES = 1_024;

    /** What an event is counted as: its bytes, and what became of them. */
    private static final int COUNTED_BYTES = 2_048;

    private static final int SHARE_OF_HEAP = 32;
    private static final int FEWEST = 1_024;
    private static final int MOST = 65_536;

    private final AtomicReferenceArray<@Nullable Opened> places;
    private final Duration lease;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param places a power of two
     * @param lease how old the key of an event gets before the event is forgotten
     */
    RecentEvents(int places, Duration lease) {
        if (Integer.bitCount(places) != 1) {
            throw new IllegalArgumentException("places must be a power of two: places=" + places);
        }
        this.places = new AtomicReferenceArray<>(places);
        this.lease = lease;
    }

    /** For a thirty-second of the heap, 65,536 events at most. A thread of its own forgets, until it is closed. */
    public static RecentEvents open() {
        long fit = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / COUNTED_BYTES;
        RecentEvents recent =
                new RecentEvents((int) Long.highestOneBit(Math.clamp(fit, FEWEST, MOST)), PostgresVault.LEASE);
        Thread.ofPlatform().name("recent-events").daemon(true).start(recent::sweepUntilClosed);
        return recent;
    }

    /**
     * Events in order, each as {@code opening} gives it.
     *
     * @param keys gives the key of an event as the vault has it now; absent: there is none
     */
    List<Decoded> decode(
            List<StoredEvent> events,
            Function<StoredEvent, @Nullable DataKey> keys,
            Function<StoredEvent, Decoded> opening) {
        Instant oldest = Instant.now().minus(RECENT);
        @Nullable Decoded[] decoded = new Decoded[events.size()];
        for (int i = 0; i < decoded.length; i++) {
            StoredEvent event = events.get(i);
            DataKey key = event.storedAt().isBefore(oldest) || event.payload().length > LARGEST_BYTES
                    ? null
                    : keys.apply(event);
            decoded[i] = key == null ? opening.apply(event) : takeOrOpen(event, key, opening);
        }
        List<Decoded> all = new ArrayList<>(decoded.length);
        for (int i = 0; i < decoded.length; i++) {
            Decoded known = decoded[i];
            all.add(known != null ? known : takenAtLast(events.get(i), keys, opening));
        }
        return all;
    }

    /** Absent: somebody else is at it. */
    private @Nullable Decoded takeOrOpen(StoredEvent event, DataKey key, Function<StoredEvent, Decoded> opening) {
        int place = placeOf(event);
        Opened held = places.get(place);
        if (held != null && held.isOf(event, key)) {
            return held.decoded;
        }
        if (held != null && held.isAfter(event)) {
            return opening.apply(event);
        }
        Opened mine = new Opened(event, key);
        if (!places.compareAndSet(place, held, mine)) {
            return null;
        }
        Decoded decoded = opening.apply(event);
        if (decoded instanceof Decoded.Event) {
            mine.decoded = decoded;
        } else {
            places.compareAndSet(place, mine, null);
        }
        return decoded;
    }

    /** What somebody else was at. Whoever is not done by now may be standing still, and is not waited for. */
    private Decoded takenAtLast(
            StoredEvent event, Function<StoredEvent, @Nullable DataKey> keys, Function<StoredEvent, Decoded> opening) {
        Opened held = places.get(placeOf(event));
        DataKey key = keys.apply(event);
        Decoded done = held != null && key != null && held.isOf(event, key) ? held.decoded : null;
        return done != null ? done : opening.apply(event);
    }

    private int placeOf(StoredEvent event) {
        return (int) (event.position().number() & (places.length() - 1));
    }

    /** How many events are held. */
    int held() {
        int held = 0;
        for (int place = 0; place < places.length(); place++) {
            held += places.get(place) == null ? 0 : 1;
        }
        return held;
    }

    /** Forgets what was opened under a key whose lease is over. Nobody is given it by now; here it leaves the heap too. */
    void sweep() {
        for (int place = 0; place < places.length(); place++) {
            Opened held = places.get(place);
            if (held != null && held.key.age().compareTo(lease) >= 0) {
                places.compareAndSet(place, held, null);
            }
        }
    }

    private void sweepUntilClosed() {
        try {
            while (!closing.await(SWEPT_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread that forgets. */
    @Override
    public void close() {
        closing.countDown();
    }

    /** An event from when somebody began to open it. */
    private static final class Opened {

        private final StoredEvent event;
        private final DataKey key;

        /** Absent: not open yet. */
        private volatile @Nullable Decoded decoded;

        Opened(StoredEvent event, DataKey key) {
            this.event = event;
            this.key = key;
        }

        /** Whether opening that one under that key gives the same: it depends on nothing else. */
        boolean isOf(StoredEvent other, DataKey otherKey) {
            return event.position().equals(other.position())
                    && event.stream().equals(other.stream())
                    && event.sequence() == other.sequence()
                    && event.type() == other.type()
                    && event.revision() == other.revision()
                    && Arrays.equals(event.payload(), other.payload())
                    && key.equals(otherKey);
        }

        boolean isAfter(StoredEvent other) {
            return event.position().incarnation() == other.position().incarnation()
                    && event.position().number() > other.position().number();
        }
    }
}
