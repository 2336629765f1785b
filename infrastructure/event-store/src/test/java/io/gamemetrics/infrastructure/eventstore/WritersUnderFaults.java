package io.gamemetrics.infrastructure.eventstore;

import static io.gamemetrics.infrastructure.eventstore.TestStores.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstore.EventGroup.Row;
import io.gamemetrics.infrastructure.eventstore.FaultyWire.Fault;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many writers on one store, each pausing before it begins and while it holds the head row, some deciding on stale
 * streams, some dying, one freezing; and a reader that follows them. A stream is shared by two writers, so that the
 * same place is fought for.
 */
final class WritersUnderFaults {

    private final int writers;
    private final int groups;
    private final Duration beforeBegin;
    private final Duration whileHolding;
    private final long seed;

    private final Map<UUID, Long> next = new ConcurrentHashMap<>();
    private final Set<List<String>> confirmed = ConcurrentHashMap.newKeySet();
    private final Set<List<String>> attempted = ConcurrentHashMap.newKeySet();
    private final AtomicLong stale = new AtomicLong();
    private final AtomicLong cutOff = new AtomicLong();
    private final Silence silence = new Silence();
    private final List<StoredEvent> followed = new ArrayList<>();

    /** @param beforeBegin the longest pause, as is {@code whileHolding} */
    WritersUnderFaults(int writers, int groups, Duration beforeBegin, Duration whileHolding, long seed) {
        this.writers = writers;
        this.groups = groups;
        this.beforeBegin = beforeBegin;
        this.whileHolding = whileHolding;
        this.seed = seed;
    }

    void run(EventStoreSettings direct) throws Exception {
        Random faults = new Random(seed);
        AtomicBoolean freeze = new AtomicBoolean(true);
        AtomicLong asked = new AtomicLong();
        try (EventStore reading = PostgresEventStore.open(direct);
                FaultyWire wire = new FaultyWire(direct.url(), () -> {
                    if (asked.incrementAndGet() > writers && freeze.getAndSet(false)) {
                        return new Fault.FreezeMidCopy();
                    }
                    synchronized (faults) {
                        return faults.nextInt(12) == 0
                                ? new Fault.CutMidCopy()
                                : new Fault.Delay(faults.nextLong(whileHolding.toMillis() + 1));
                    }
                });
                EventStore writing =
                        PostgresEventStore.open(TestStores.writers(TestStores.at(wire.jdbcUrl(), direct), writers));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> written = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int number = writer;
                written.add(threads.submit(() -> write(writing, number)));
            }
            AtomicBoolean ended = new AtomicBoolean();
            Future<?> reader = threads.submit(() -> {
                follow(reading, ended);
                return null;
            });
            awaitAll(written);
            wire.awaitFrozen();
            ended.set(true);
            reader.get();
            check(reading.position());
        }
    }

    private void write(EventStore store, int writer) {
        Random random = new Random(seed + writer);
        UUID stream = new UUID(seed, writer / 2);
        int done = 0;
        int attempt = 0;
        while (done < groups) {
            pause(random);
            attempt++;
            long sequence = next.getOrDefault(stream, 0L);
            List<Row> rows = new ArrayList<>();
            List<String> places = new ArrayList<>();
            int size = 1 + random.nextInt(20);
            for (int index = 0; index < size; index++) {
                rows.add(row(stream, sequence + index, sequence + index));
                places.add(stream + "/" + (sequence + index) + " by " + writer + ", attempt " + attempt);
            }
            attempted.add(places);
            silence.someoneWaits();
            try {
                store.append(new EventGroup(mark(rows, places), List.of()));
                silence.broken();
                confirmed.add(places);
                done++;
            } catch (StaleStreamException e) {
                silence.broken();
                stale.incrementAndGet();
            } catch (EventStoreException e) {
                cutOff.incrementAndGet();
            } finally {
                silence.oneWaitsNoLonger();
            }
            // As a real writer after a doubt: read where the stream stands.
            next.merge(stream, store.headSequences(List.of(stream)).getOrDefault(stream, -1L) + 1, Math::max);
        }
    }

    /** Rows whose payload says which attempt they belong to. */
    private static List<Row> mark(List<Row> rows, List<String> places) {
        List<Row> marked = new ArrayList<>();
        for (int index = 0; index < rows.size(); index++) {
            marked.add(TestStores.withPayload(rows.get(index), places.get(index)));
        }
        return marked;
    }

    /** Most pauses are short, so that writers meet; some take as long as they may. */
    private void pause(Random random) {
        try {
            double share = random.nextDouble();
            TimeUnit.MILLISECONDS.sleep((long) (share * share * share * beforeBegin.toMillis()));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void follow(EventStore store, AtomicBoolean ended) throws InterruptedException {
        Position reached = TestStores.start(store);
        while (true) {
            boolean last = ended.get();
            List<StoredEvent> page = store.read(reached, 7);
            followed.addAll(page);
            if (!page.isEmpty()) {
                reached = page.getLast().position();
            } else if (last) {
                return;
            } else {
                store.awaitAfter(reached, Duration.ofMillis(200));
            }
        }
    }

    private void check(Position last) {
        long number = 0;
        List<String> seen = new ArrayList<>();
        Map<UUID, Long> sequences = new HashMap<>();
        for (StoredEvent event : followed) {
            assertThat(event.position().number()).isEqualTo(++number);
            assertThat(event.sequence())
                    .isEqualTo(sequences
                            .merge(event.stream(), 0L, (old, first) -> old + 1)
                            .longValue());
            seen.add(TestStores.text(event));
        }
        assertThat(number).isEqualTo(last.number());
        assertThat(seen).doesNotHaveDuplicates();
        Set<String> stored = Set.copyOf(seen);
        assertThat(confirmed).allSatisfy(places -> assertThat(stored).containsAll(places));
        assertThat(attempted).allSatisfy(places -> {
            long present = places.stream().filter(stored::contains).count();
            assertThat(present).isIn(0L, (long) places.size());
        });
        assertThat(stale.get()).as("groups refused as stale").isPositive();
        assertThat(cutOff.get()).as("groups cut off").isPositive();
    }

    /** The longest time in which somebody waited and nobody was answered. */
    Duration longestSilence() {
        return silence.longest();
    }

    private static void awaitAll(List<Future<?>> all) throws InterruptedException, ExecutionException {
        for (Future<?> one : all) {
            one.get();
        }
    }
}
