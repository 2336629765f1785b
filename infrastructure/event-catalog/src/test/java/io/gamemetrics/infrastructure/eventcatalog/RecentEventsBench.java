package io.gamemetrics.infrastructure.eventcatalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What do five readers of the same live batches spend on opening events, each for itself and sharing? Purchases, 2,000 a batch,
 * of ten players, whose keys are on lease; processor time of the readers' threads, so that a busy machine disturbs little.
 * Rounds alternate; the median of five is told, after one that warms up.
 */
@Tag("bench")
class RecentEventsBench {

    private static final int READERS = 5;
    private static final int BATCHES = 20;
    private static final int PLAYERS = 10;
    private static final int EVENTS_OF_PLAYER = 200;
    private static final int ROUNDS = 5;

    @TempDir
    Path folder;

    @Test
    void sharedComparedWithEachForItself() throws Exception {
        try (KeyedEvents stored = new KeyedEvents(folder)) {
            List<List<StoredEvent>> batches = batches(stored);
            double[] alone = new double[ROUNDS];
            double[] shared = new double[ROUNDS];
            // The first round warms both up and is not counted.
            for (int round = -1; round < ROUNDS; round++) {
                List<List<StoredEvent>> live = storedNow(batches);
                VaultEventCodec codec = new VaultEventCodec(stored.vault());
                RecentEvents recent = new RecentEvents(65_536, PostgresVault.LEASE);
                List<VaultEventCodec> sharing = Stream.generate(() -> codec.sharing(recent))
                        .limit(READERS)
                        .toList();
                // Who reads is known after a while.
                sharing.forEach(reader -> reader.decode(live.getLast()));
                recent.forgetReaders();
                double a = micros(live, Collections.nCopies(READERS, codec));
                double s = micros(live, sharing);
                if (round >= 0) {
                    alone[round] = a;
                    shared[round] = s;
                }
            }
            System.out.printf(
                    "%d readers, processor time an event for all of them: each for itself %.2f us, shared %.2f us%n",
                    READERS, median(alone), median(shared));
            assertThat(median(shared)).isLessThan(median(alone));
        }
    }

    private static List<List<StoredEvent>> batches(KeyedEvents stored) {
        List<List<StoredEvent>> batches = new ArrayList<>();
        long position = 1;
        for (int batch = 0; batch < BATCHES; batch++) {
            List<StoredEvent> events = new ArrayList<>();
            for (int player = 0; player < PLAYERS; player++) {
                events.addAll(stored.purchases(stored.player("p" + batch + "-" + player), position, EVENTS_OF_PLAYER));
                position += EVENTS_OF_PLAYER;
            }
            batches.add(events);
        }
        return batches;
    }

    /** Each with bytes of its own, as every reader gets its own from Kafka, and as if it had been stored now. */
    private static List<List<StoredEvent>> storedNow(List<List<StoredEvent>> batches) {
        Instant now = Instant.now();
        return batches.stream()
                .map(batch -> batch.stream()
                        .map(event -> new StoredEvent(
                                event.position(),
                                event.tenant(),
                                event.stream(),
                                event.sequence(),
                                event.type(),
                                event.revision(),
                                now,
                                event.payload().clone()))
                        .toList())
                .toList();
    }

    /** Processor time of all readers, an event. */
    private static double micros(List<List<StoredEvent>> batches, List<VaultEventCodec> codecs) throws Exception {
        List<Future<Long>> readers = new ArrayList<>();
        long nanos = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(READERS)) {
            for (VaultEventCodec codec : codecs) {
                List<List<StoredEvent>> own = storedNow(batches);
                readers.add(pool.submit(() -> nanosToRead(own, codec)));
            }
            for (Future<Long> reader : readers) {
                nanos += reader.get();
            }
        }
        return nanos / 1_000.0 / (BATCHES * PLAYERS * EVENTS_OF_PLAYER);
    }

    private static long nanosToRead(List<List<StoredEvent>> batches, VaultEventCodec codec) {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        for (List<StoredEvent> batch : batches) {
            assertThat(codec.decode(batch)).hasSize(PLAYERS * EVENTS_OF_PLAYER);
        }
        return threads.getCurrentThreadCpuTime() - before;
    }

    private static double median(double[] rounds) {
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
