package io.gamemetrics.infrastructure.eventcatalog;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.privacy.DataKey;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often {@link RecentEvents} has an event opened, and how readers at the same events get on with each other. */
class OpenedOnceTest {

    private static KeyedEvents stored;
    private static PostgresVault vault;

    private final RecentEvents recent = new RecentEvents(4_096, PostgresVault.LEASE);
    private final AtomicInteger opened = new AtomicInteger();

    @BeforeAll
    static void open(@TempDir Path folder) {
        stored = new KeyedEvents(folder);
        vault = stored.vault();
    }

    @AfterAll
    static void close() {
        stored.close();
    }

    @Test
    void fiveReadersOneAfterTheOtherOpenEachEventOnce() {
        UUID stream = stored.player("lars");
        List<StoredEvent> events = stored.purchases(stream, 1, 500);

        for (int reader = 0; reader < 5; reader++) {
            assertThat(read(recent.newReader(), events, counting(stream))).hasSize(500);
        }

        assertThat(opened).hasValue(500);
    }

    @Test
    void fiveReadersAtOnceShareTheWork() throws Exception {
        UUID stream = stored.player("mats");
        long[] all = LongStream.generate(recent::newReader).limit(5).toArray();
        List<StoredEvent> before = stored.purchases(stream, 1, 1);
        for (long reader : all) {
            read(reader, before, counting(stream));
        }
        recent.forgetReaders();
        opened.set(0);
        List<StoredEvent> events = stored.purchases(stream, 11, 2_000);
        List<Decoded> plain = new VaultEventCodec(vault).decode(events);
        CyclicBarrier together = new CyclicBarrier(5);
        try (ExecutorService pool = Executors.newFixedThreadPool(5)) {
            List<Future<List<Decoded>>> readers = new ArrayList<>();
            for (long reader : all) {
                readers.add(pool.submit(() -> {
                    together.await(10, TimeUnit.SECONDS);
                    return read(reader, events, counting(stream));
                }));
            }
            for (Future<List<Decoded>> reader : readers) {
                assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(plain);
            }
        }

        // Each may meet the last event of each other, no more.
        assertThat(opened.get()).isBetween(2_000, 2_200);
        assertThat(recent.held()).as("but the one from before").isEqualTo(1);
    }

    @Test
    void aReaderThatStandsStillHoldsUpNobody() throws Exception {
        UUID stream = stored.player("nils");
        List<StoredEvent> events = stored.purchases(stream, 1, 3);
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<List<Decoded>> still = pool.submit(() -> read(events, event -> {
                began.countDown();
                awaited(goOn);
                return counting(stream).apply(event);
            }));
            assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();

            List<Decoded> mine = read(events, counting(stream));

            assertThat(mine).isEqualTo(new VaultEventCodec(vault).decode(events));
            assertThat(opened).hasValue(3);
            goOn.countDown();
            assertThat(still.get(10, TimeUnit.SECONDS)).isEqualTo(mine);
            assertThat(opened).as("its own first, and no other").hasValue(4);
        }
    }

    @Test
    void aReaderThatBreaksHarmsNobody() {
        UUID stream = stored.player("olaf");
        List<StoredEvent> events = stored.purchases(stream, 1, 3);

        assertThatThrownBy(() -> read(events, event -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(read(events, counting(stream))).isEqualTo(new VaultEventCodec(vault).decode(events));
    }

    @Test
    void underAnotherKeyAnEventIsOpenedAgain() {
        UUID stream = stored.player("per");
        List<StoredEvent> events = stored.purchases(stream, 1, 1);
        read(events, counting(stream));

        DataKey other = key(stored.player("rolf"));
        recent.decode(recent.newReader(), events, event -> other, counting(stream));

        assertThat(opened).hasValue(2);
    }

    private List<Decoded> read(List<StoredEvent> events, Function<StoredEvent, Decoded> opening) {
        return read(recent.newReader(), events, opening);
    }

    private List<Decoded> read(long reader, List<StoredEvent> events, Function<StoredEvent, Decoded> opening) {
        DataKey key = key(events.getFirst().stream());
        return recent.decode(reader, events, event -> key, opening);
    }

    private static DataKey key(UUID stream) {
        return requireNonNull(vault.keys(Set.of(stream)).get(stream));
    }

    private Function<StoredEvent, Decoded> counting(UUID stream) {
        VaultEventCodec plain = new VaultEventCodec(vault);
        return event -> {
            assertThat(event.stream()).isEqualTo(stream);
            opened.incrementAndGet();
            return plain.decode(List.of(event)).getFirst();
        };
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
