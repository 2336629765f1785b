package io.gamemetrics.infrastructure.readstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.readstore.RedisCheckpoints.Move;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisCheckpointsTest {

    private static final Checkpoint FIRST = checkpoint(10, 5);
    private static final Checkpoint SECOND = checkpoint(20, 9);
    private static RedisClient client;
    private static RedisCommands<String, String> redis;

    private RedisCheckpoints checkpoints;

    @BeforeAll
    static void connect() {
        client = RedisClient.create(TestRedis.url());
        redis = client.connect().sync();
    }

    @AfterAll
    static void disconnect() {
        client.shutdown();
    }

    @BeforeEach
    void begin() {
        checkpoints = new RedisCheckpoints(RedisCheckpointsTest::run, "p" + UUID.randomUUID());
    }

    @Test
    void a_partition_without_a_batch_has_no_checkpoint() {
        assertThat(checkpoints.read(0)).isNull();
        assertThat(checkpoints.readAll()).isEmpty();
        assertThat(checkpoints.quarantined(0)).isEmpty();
    }

    @Test
    void a_checkpoint_that_moved_is_read_back_whole() {
        assertThat(move(3, null, FIRST)).isTrue();
        assertThat(move(3, FIRST, SECOND)).isTrue();
        assertThat(checkpoints.read(3)).isEqualTo(SECOND);
        assertThat(checkpoints.read(4)).isNull();
    }

    @Test
    void a_writer_that_expects_an_older_checkpoint_is_refused_and_parks_nothing() {
        ParkedEvent parked = new ParkedEvent(new Position(1, 7), UUID.randomUUID(), 3, "handler.failed");
        assertThat(move(0, null, FIRST)).isTrue();
        assertThat(checkpoints.compareAndSet(0, null, SECOND, List.of(parked), List.of(), "x"))
                .isFalse();
        assertThat(checkpoints.compareAndSet(0, SECOND, SECOND, List.of(parked), List.of(), "x"))
                .isFalse();
        assertThat(checkpoints.read(0)).isEqualTo(FIRST);
        assertThat(checkpoints.quarantined(0)).isEmpty();
        assertThat(moves()).isEmpty();
    }

    @Test
    void of_many_writers_that_begin_from_the_same_checkpoint_one_wins() throws Exception {
        List<Future<Boolean>> tries = new ArrayList<>();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                Checkpoint next = checkpoint(30 + i, i);
                tries.add(writers.submit(() -> move(0, null, next)));
            }
        }
        int won = 0;
        for (Future<Boolean> tried : tries) {
            won += tried.get() ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
    }

    @Test
    void parked_events_keep_their_streams_waiting_in_their_partition() {
        UUID stream = UUID.randomUUID();
        ParkedEvent parked = new ParkedEvent(new Position(1, 7), stream, 3, "handler.failed");
        assertThat(checkpoints.compareAndSet(2, null, FIRST, List.of(parked, parked), List.of(), null))
                .isTrue();
        assertThat(checkpoints.quarantined(2)).containsExactly(new QuarantinedStream(parked, parked.position(), 1));
        assertThat(checkpoints.quarantined(1)).isEmpty();
    }

    @Test
    void what_is_released_waits_no_more_and_is_released_once() {
        UUID stream = UUID.randomUUID();
        ParkedEvent first = new ParkedEvent(new Position(1, 7), stream, 3, "handler.failed");
        ParkedEvent second = new ParkedEvent(new Position(1, 10), stream, 4, "stream.waits");
        checkpoints.compareAndSet(2, null, FIRST, List.of(first, second), List.of(), null);
        assertThat(checkpoints.parked(2, stream, 1)).containsExactly(first);

        assertThat(checkpoints.compareAndSet(2, FIRST, FIRST, List.of(), List.of(first), null))
                .isTrue();
        assertThat(checkpoints.quarantined(2)).containsExactly(new QuarantinedStream(second, second.position(), 1));
        assertThat(checkpoints.compareAndSet(2, FIRST, SECOND, List.of(), List.of(second, first), null))
                .isFalse();
        assertThat(checkpoints.read(2)).isEqualTo(FIRST);
        assertThat(checkpoints.quarantined(2)).hasSize(1);
    }

    @Test
    void however_many_events_of_a_stream_are_parked_they_are_forgotten() {
        UUID stream = UUID.randomUUID();
        List<ParkedEvent> many = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            many.add(new ParkedEvent(new Position(1, i), stream, i, "stream.waits"));
        }
        ParkedEvent others = new ParkedEvent(new Position(1, 9_000), UUID.randomUUID(), 3, "handler.failed");
        checkpoints.compareAndSet(2, null, FIRST, many, List.of(), null);
        checkpoints.compareAndSet(2, FIRST, SECOND, List.of(others), List.of(), null);

        checkpoints.forget(2, stream);

        assertThat(checkpoints.parked(2, stream)).isZero();
        assertThat(checkpoints.parked(2, others.stream())).isEqualTo(1);
    }

    @Test
    void those_who_follow_are_told_each_move_with_its_number() {
        move(0, null, FIRST);
        checkpoints.compareAndSet(0, FIRST, SECOND, List.of(), List.of(), "7,8");
        checkpoints.compareAndSet(1, null, FIRST, List.of(), List.of(), "");
        assertThat(moves()).containsExactly(new Move(1, 0, SECOND, "7,8"), new Move(2, 1, FIRST, ""));
        assertThat(checkpoints.readAll()).hasSize(2);
    }

    @Test
    void a_name_that_would_leave_its_keys_is_refused() {
        assertThatThrownBy(() -> new RedisCheckpoints(RedisCheckpointsTest::run, "a}b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private boolean move(int partition, @Nullable Checkpoint expected, Checkpoint next) {
        return checkpoints.compareAndSet(partition, expected, next, List.of(), List.of(), null);
    }

    private List<Move> moves() {
        return redis.xrange(checkpoints.movesKey(), Range.unbounded()).stream()
                .map(entry -> Move.of(entry.getBody()))
                .toList();
    }

    private static Object run(String lua, List<String> keys, List<String> arguments) {
        ScriptOutputType type = lua.startsWith("return") ? ScriptOutputType.MULTI : ScriptOutputType.INTEGER;
        return redis.eval(lua, type, keys.toArray(String[]::new), arguments.toArray(String[]::new));
    }

    private static Checkpoint checkpoint(long position, long count) {
        return new Checkpoint(
                new Position(2, position),
                Instant.parse("2026-01-02T03:04:05.123456789Z"),
                position + 1,
                count,
                -count);
    }
}
