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
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Events opened a moment ago, for all who read the same events in one process. What is handed out is what opening the event
 * again would give: the same bytes in the same place, under the very key that the reader was just given. Who is given no key
 * is given no event.
 *
 * <p>A table by position, so the last so many events have a place each and nobody waits for a lock. Whoever comes first
 * claims an event and opens it; who comes meanwhile goes on with the next ones and looks again at the end. What all who read
 * its type were given is let go. Old events pass by: a replay neither finds anything here nor takes a place. Safe for
 * concurrent use.
 */
public final class RecentEvents implements AutoCloseable {

    /** What was stored before this is read by a replay, or by who is so late that nobody else reads the same. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private static final Duration SWEPT_EVERY = Duration.ofSeconds(1);

    /** How long somebody counts as a reader who asks no more, at least: longer than anybody rests between two flushes. */
    private static final int SWEEPS_OF_A_READER = 5;

    /** Bytes of an envelope, several times the usual: what is larger would take several places' share of the heap. */
    private static final int LARGEST_BYTES = 1_024;

    /** What an event is counted as: its bytes, and what became of them. */
    private static final int COUNTED_BYTES = 2_048;

    private static final int SHARE_OF_HEAP = 32;
    private static final int FEWEST = 1_024;
    private static final int MOST = 65_536;

    private final AtomicReferenceArray<@Nullable Opened> places;
    private final long leaseNanos;
    private final RecentReaders readers = new RecentReaders();
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
        this.leaseNanos = lease.toNanos();
    }

    /** For a thirty-second of the heap, 65,536 events at most. A thread of its own forgets, until it is closed. */
    public static RecentEvents open() {
        long fit = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / COUNTED_BYTES;
        RecentEvents recent =
                new RecentEvents((int) Long.highestOneBit(Math.clamp(fit, FEWEST, MOST)), PostgresVault.LEASE);
        Thread.ofPlatform().name("recent-events").daemon(true).start(recent::sweepUntilClosed);
        return recent;
    }

    /** One more who reads; as {@link #decode} wants it. */
    long newReader() {
        return readers.newReader();
    }

    /**
     * Events in order, each as {@code opening} gives it.
     *
     * @param reader who asks, also from several threads
     * @param keys gives the key of an event as the vault has it now; absent: there is none
     */
    List<Decoded> decode(
            long reader,
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
            decoded[i] = key == null ? opening.apply(event) : takeOrOpen(reader, event, key, opening);
        }
        List<Decoded> all = new ArrayList<>(decoded.length);
        for (int i = 0; i < decoded.length; i++) {
            Decoded known = decoded[i];
            all.add(known != null ? known : takenAtLast(reader, events.get(i), keys, opening));
        }
        return all;
    }

    /** Absent: somebody else is at it. */
    private @Nullable Decoded takeOrOpen(
            long reader, StoredEvent event, DataKey key, Function<StoredEvent, Decoded> opening) {
        readers.asks(reader, event.type());
        int place = placeOf(event);
        Opened held = places.get(place);
        if (held != null && held.isOf(event, key)) {
            Decoded decoded = held.decoded;
            if (decoded != null) {
                served(reader, place, held);
            }
            return decoded;
        }
        if (held != null && held.isAfter(event)) {
            return opening.apply(event);
        }
        Opened mine = new Opened(event, key, key.madeAtNanos() + leaseNanos);
        if (!places.compareAndSet(place, held, mine)) {
            return null;
        }
        Decoded decoded = opening.apply(event);
        if (decoded instanceof Decoded.Event) {
            mine.decoded = decoded;
            served(reader, place, mine);
        } else {
            places.compareAndSet(place, mine, null);
        }
        return decoded;
    }

    /** What somebody else was at. Whoever is not done by now may be standing still, and is not waited for. */
    private Decoded takenAtLast(
            long reader,
            StoredEvent event,
            Function<StoredEvent, @Nullable DataKey> keys,
            Function<StoredEvent, Decoded> opening) {
        int place = placeOf(event);
        Opened held = places.get(place);
        DataKey key = keys.apply(event);
        if (held == null || key == null || !held.isOf(event, key)) {
            return opening.apply(event);
        }
        Decoded done = held.decoded;
        served(reader, place, held);
        return done != null ? done : opening.apply(event);
    }

    /** This reader asks for it no more. Whoever is the last of all who read such events lets it go. */
    private void served(long reader, int place, Opened held) {
        if (readers.areAll(held.served(reader), held.type)) {
            places.compareAndSet(place, held, null);
        }
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
        long now = System.nanoTime();
        for (int place = 0; place < places.length(); place++) {
            Opened held = places.get(place);
            if (held != null && now - held.overAtNanos >= 0) {
                places.compareAndSet(place, held, null);
            }
        }
    }

    /** Forgets who has not asked for a while: nothing is held any longer for them. */
    void forgetReaders() {
        readers.turn();
    }

    private void sweepUntilClosed() {
        try {
            for (int sweeps = 1; !closing.await(SWEPT_EVERY.toMillis(), TimeUnit.MILLISECONDS); sweeps++) {
                sweep();
                if (sweeps % SWEEPS_OF_A_READER == 0) {
                    forgetReaders();
                }
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

    /** An event from when somebody began to open it. What tells it is copied: one look at memory instead of four. */
    private static final class Opened {

        private static final AtomicLongFieldUpdater<Opened> SERVED =
                AtomicLongFieldUpdater.newUpdater(Opened.class, "served");

        private final long incarnation;
        private final long position;
        private final long streamMost;
        private final long streamLeast;
        private final long sequence;
        private final int type;
        private final int revision;
        private final byte[] payload;
        private final DataKey key;
        private final long overAtNanos;

        /** Readers who ask for it no more. */
        private volatile long served;

        /** Absent: not open yet. */
        private volatile @Nullable Decoded decoded;

        /** @param overAtNanos when the key's lease is over, as {@link System#nanoTime} has it */
        Opened(StoredEvent event, DataKey key, long overAtNanos) {
            this.incarnation = event.position().incarnation();
            this.position = event.position().number();
            this.streamMost = event.stream().getMostSignificantBits();
            this.streamLeast = event.stream().getLeastSignificantBits();
            this.sequence = event.sequence();
            this.type = event.type();
            this.revision = event.revision();
            this.payload = event.payload();
            this.key = key;
            this.overAtNanos = overAtNanos;
        }

        /** Whether opening that one under that key gives the same: it depends on nothing else. */
        boolean isOf(StoredEvent other, DataKey otherKey) {
            return position == other.position().number()
                    && incarnation == other.position().incarnation()
                    && streamMost == other.stream().getMostSignificantBits()
                    && streamLeast == other.stream().getLeastSignificantBits()
                    && sequence == other.sequence()
                    && type == other.type()
                    && revision == other.revision()
                    && Arrays.equals(payload, other.payload())
                    && key.equals(otherKey);
        }

        boolean isAfter(StoredEvent other) {
            return incarnation == other.position().incarnation()
                    && position > other.position().number();
        }

        /** All who ask for it no more, now with this one. */
        long served(long reader) {
            long known = served;
            return (known & reader) != 0 ? known : SERVED.accumulateAndGet(this, reader, (before, one) -> before | one);
        }
    }
}
