package io.gamemetrics.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventGroup.Row;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Which part of what PostgreSQL takes in by bare COPY does an append keep? Groups of 1,000 events of 300 random bytes with
 * a lookup key each, in streams of 10, into the same tables with the same indexes; the baseline takes its positions
 * without any lock. Rounds alternate, so that a busy machine disturbs both.
 */
@Tag("bench")
class AppendRateBench {

    private static final int GROUP = 1_000;
    private static final int ROUNDS = 4;
    private static final Duration ROUND = Duration.ofSeconds(3);

    @Test
    void appendsComparedWithBareCopy() throws Exception {
        EventStoreSettings settings = TestStores.newDatabase();
        EventStoreSettings bare = TestStores.newDatabase();
        PostgresEventStore.open(bare).close();
        AtomicLong positions = new AtomicLong();
        try (EventStore store = PostgresEventStore.open(settings)) {
            for (int threads = 1; threads <= 2; threads++) {
                double appended = 0;
                double copied = 0;
                // The first round warms both up and is not counted.
                for (int round = 0; round <= ROUNDS; round++) {
                    double a = perSecond(threads, () -> appends(store));
                    double c = perSecond(threads, () -> copies(bare, positions));
                    if (round > 0) {
                        appended += a / ROUNDS;
                        copied += c / ROUNDS;
                    }
                }
                System.out.printf(
                        "append, %d threads: %,.0f events/s; bare COPY: %,.0f rows/s; ratio %.2f%n",
                        threads, appended, copied, appended / copied);
                assertThat(appended).isPositive();
            }
        }
    }

    /** Returns how many events. */
    private static long appends(EventStore store) {
        long end = System.nanoTime() + ROUND.toNanos();
        long count = 0;
        while (System.nanoTime() < end) {
            count += store.append(EventGroup.of(rows())).count();
        }
        return count;
    }

    private static long copies(EventStoreSettings settings, AtomicLong positions) throws Exception {
        try (Connection connection = DriverManager.getConnection(settings.url())) {
            connection.setAutoCommit(false);
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            long end = System.nanoTime() + ROUND.toNanos();
            long count = 0;
            while (System.nanoTime() < end) {
                List<Row> rows = rows();
                EventRows events = new EventRows(rows);
                events.place(positions.addAndGet(GROUP), Instant.now());
                GroupAppender.copy(copies, GroupAppender.COPY_KEYS, KeyRows.of(rows));
                GroupAppender.copy(copies, GroupAppender.COPY_EVENTS, events.rows());
                connection.commit();
                count += GROUP;
            }
            return count;
        }
    }

    private static double perSecond(int threads, Callable<Long> work) throws Exception {
        long began = System.nanoTime();
        long count = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(pool.submit(work));
            }
            for (Future<Long> one : running) {
                count += one.get();
            }
        }
        return count * 1e9 / (System.nanoTime() - began);
    }

    private static List<Row> rows() {
        Random random = ThreadLocalRandom.current();
        List<Row> rows = new ArrayList<>(GROUP);
        UUID stream = new UUID(0, 0);
        for (int index = 0; index < GROUP; index++) {
            if (index % 10 == 0) {
                stream = new UUID(random.nextLong(), random.nextLong());
            }
            byte[] payload = new byte[300];
            random.nextBytes(payload);
            rows.add(new Row(stream, index % 10, new Encoded(1, 2, 1, payload, List.of(random.nextLong()))));
        }
        return rows;
    }
}
