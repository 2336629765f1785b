package io.gamemetrics.queryside.livetail;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.livetailstore.LiveEvent;
import io.gamemetrics.projections.livetailstore.LiveTailBatch;
import io.gamemetrics.projections.livetailstore.LiveTailStore;
import io.gamemetrics.projections.livetailstore.LiveTailWriter;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.limits.Room;
import io.gamemetrics.queryside.subscriptions.FanOut;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class LiveTailFeedTest {

    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int PARTITIONS = 3;
    private static final int GAME = 7;
    private static final int ALL = 1_000_000;
    private static final Position BEGINNING = new Position(1, 0);
    private static final LiveFilter EVERYTHING = new LiveFilter(null, null);
    private static final LiveTailStore STORE = LiveTailStore.open(TestRedis.url());
    private static final FanOut FAN_OUT = new FanOut();

    private final Checkpoint[] checkpoints = new Checkpoint[PARTITIONS];
    private LiveTailFeed feed;

    @BeforeEach
    void begin() {
        STORE.cleaner().drop();
        feed = new LiveTailFeed(STORE.reader(PARTITIONS), FAN_OUT);
    }

    @AfterEach
    void end() {
        feed.close();
    }

    @AfterAll
    static void close() {
        STORE.close();
        FAN_OUT.close();
    }

    @Test
    void an_event_comes_when_all_partitions_have_come_to_it_and_not_before() throws Exception {
        begun(0);
        Subscriber subscriber = new Subscriber(null, EVERYTHING, ALL);
        awaitJoined();
        write(0, 2, event(2));
        write(1, 2);
        assertThat(subscriber.next(Duration.ofMillis(300))).isNull();
        write(2, 2, event(1));
        assertThat(subscriber.take(2)).containsExactly(1L, 2L);
        subscriber.end();
    }

    @Test
    void what_was_before_comes_no_faster_than_there_is_room() throws Exception {
        write(0, 20, event(1), event(2), event(3), event(4), event(5));
        begun(20);
        Semaphore room = new Semaphore(2);
        BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
        Disposable slow =
                feed.events(GAME, BEGINNING, EVERYTHING, ALL, room::acquire).subscribe(notices::add);
        while (!room.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
        assertThat(notices).hasSize(2);
        room.release(3);
        for (long position = 1; position <= 5; position++) {
            assertThat(Objects.requireNonNull(notices.poll(10, TimeUnit.SECONDS))
                            .position()
                            .number())
                    .isEqualTo(position);
        }
        slow.dispose();
    }

    @Test
    void only_what_matches_comes() throws Exception {
        UUID anna = UUID.randomUUID();
        begun(0);
        Subscriber purchases = new Subscriber(BEGINNING, new LiveFilter(Set.of("purchase", "level:up"), null), ALL);
        Subscriber annas = new Subscriber(BEGINNING, new LiveFilter(null, anna), ALL);
        write(0, 4, event(1, "purchase", null, anna), event(2, "custom", "level:up", null));
        write(1, 4, event(3, "session_started", null, anna), event(4, "custom", "other", null));
        write(2, 4);
        assertThat(purchases.take(2)).containsExactly(1L, 2L);
        assertThat(annas.take(2)).containsExactly(1L, 3L);
        purchases.end();
        annas.end();
    }

    @Test
    void a_position_whose_successors_are_not_kept_or_of_another_life_is_too_old() throws Exception {
        List<LiveEvent> many = new ArrayList<>();
        for (int i = 1; i <= LiveTailWriter.KEPT_EVENTS + 10; i++) {
            many.add(event(i));
        }
        long last = many.size();
        write(0, last, many.toArray(LiveEvent[]::new));
        begun(last);
        Subscriber enough = new Subscriber(new Position(1, 10), EVERYTHING, ALL);
        assertThat(enough.take(LiveTailWriter.KEPT_EVENTS)).first().isEqualTo(11L);
        for (Position position : List.of(new Position(1, 9), new Position(2, 11))) {
            Subscriber late = new Subscriber(position, EVERYTHING, ALL);
            assertThat(late.failure()).isInstanceOfSatisfying(QueryRefused.class, refused -> assertThat(refused.code())
                    .isEqualTo(ErrorCode.POSITION_TOO_OLD));
        }
        enough.end();
    }

    @Test
    void what_was_trimmed_before_it_could_be_looked_at_is_marked() throws Exception {
        begun(0);
        Subscriber subscriber = new Subscriber(null, EVERYTHING, ALL);
        awaitJoined();
        write(1, 5_000);
        write(2, 5_000);
        List<LiveEvent> many = new ArrayList<>();
        for (int i = 1; i <= 5_000; i++) {
            many.add(event(i));
        }
        write(0, 5_000, many.toArray(LiveEvent[]::new));
        assertThat(subscriber.notice().gap()).isTrue();
        assertThat(subscriber.notice().gap()).isFalse();
        subscriber.end();
    }

    @Test
    void who_comes_back_at_any_moment_loses_nothing_and_gets_nothing_twice() throws Exception {
        Random random = new Random(SEED);
        begun(0);
        int events = 3_000;
        List<CompletableFuture<List<Long>>> clients = new ArrayList<>();
        for (int client = 0; client < 4; client++) {
            Random own = new Random(random.nextLong());
            clients.add(CompletableFuture.supplyAsync(() -> readAll(events, own)));
        }
        writeInAnyOrder(events, random);
        List<Long> expected = new ArrayList<>();
        for (long i = 1; i <= events; i++) {
            expected.add(i);
        }
        for (CompletableFuture<List<Long>> client : clients) {
            assertThat(client.get(60, TimeUnit.SECONDS)).as("seed=%s", SEED).isEqualTo(expected);
        }
    }

    /** Each partition gets some of the events, in its own batches, in its own time. */
    private void writeInAnyOrder(int events, Random random) {
        List<List<LiveEvent>> byPartition = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 1; i <= events; i++) {
            byPartition.get(random.nextInt(PARTITIONS)).add(event(i));
        }
        int[] done = new int[PARTITIONS];
        while (true) {
            int partition = random.nextInt(PARTITIONS);
            List<LiveEvent> all = byPartition.get(partition);
            int end = Math.min(all.size(), done[partition] + random.nextInt(60));
            List<LiveEvent> batch = all.subList(done[partition], end);
            done[partition] = end;
            long upTo = end == all.size()
                    ? events
                    : batch.isEmpty() ? 0 : batch.getLast().position().number();
            if (upTo > 0) {
                write(partition, upTo, batch.toArray(LiveEvent[]::new));
            }
            if (done[0] == byPartition.get(0).size()
                    && done[1] == byPartition.get(1).size()
                    && done[2] == byPartition.get(2).size()) {
                return;
            }
        }
    }

    private List<Long> readAll(int events, Random random) {
        List<Long> seen = new ArrayList<>();
        try {
            Position after = BEGINNING;
            while (seen.size() < events) {
                Subscriber subscriber = new Subscriber(after, EVERYTHING, ALL);
                int stay = random.nextInt(300);
                for (int i = 0; i < stay && seen.size() < events; i++) {
                    Notice notice = subscriber.next(Duration.ofMillis(20));
                    if (notice != null) {
                        assertThat(notice.leftOut()).isZero();
                        seen.add(notice.position().number());
                        after = notice.position();
                    }
                }
                subscriber.end();
            }
            return seen;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitJoined() {
        while (feed.subscribers() == 0) {
            Thread.onSpinWait();
        }
    }

    /** All partitions are up to here. */
    private void begun(long upTo) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (checkpoints[partition] == null) {
                write(partition, upTo);
            }
        }
    }

    private void write(int partition, long upTo, LiveEvent... events) {
        LiveTailBatch batch = STORE.writer().begin(partition);
        for (LiveEvent event : events) {
            batch.add(GAME, event);
        }
        Checkpoint next = new Checkpoint(new Position(1, upTo), Instant.EPOCH, 0, 0, upTo);
        assertThat(batch.commit(checkpoints[partition], next)).isTrue();
        checkpoints[partition] = next;
    }

    private static LiveEvent event(long number) {
        return event(number, "session_started", null, null);
    }

    private static LiveEvent event(long number, String type, @Nullable String name, @Nullable UUID player) {
        Instant at = Instant.parse("2026-01-02T03:04:05Z");
        return new LiveEvent(new Position(1, number), type, name, player, at, at, null, null, null, Map.of(), Map.of());
    }

    private final class Subscriber {

        private final BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
        private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
        private final Disposable subscription;

        Subscriber(@Nullable Position after, LiveFilter filter, int sampleMax) {
            subscription =
                    feed.events(GAME, after, filter, sampleMax, Room.ALWAYS).subscribe(notices::add, failure::complete);
        }

        @Nullable
        Notice next(Duration atMost) throws InterruptedException {
            return notices.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        }

        Notice notice() throws InterruptedException {
            return Objects.requireNonNull(next(Duration.ofSeconds(10)), "no notice came");
        }

        List<Long> take(int count) throws InterruptedException {
            List<Long> positions = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                positions.add(notice().position().number());
            }
            return positions;
        }

        Throwable failure() throws Exception {
            return failure.get(10, TimeUnit.SECONDS);
        }

        void end() {
            subscription.dispose();
        }
    }
}
