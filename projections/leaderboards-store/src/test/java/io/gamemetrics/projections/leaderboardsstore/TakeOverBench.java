package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.lettuce.core.api.async.RedisServerAsyncCommands;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * How long a reader who asks for a player's rank, and a writer of one entry, wait at most while a board of a million players
 * is taken over, all of whom are in all four periods; and how long they wait with nothing else going on.
 */
@Tag("bench")
class TakeOverBench {

    private static final int PLAYERS = Integer.getInteger("players", 1_000_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final int CHUNK = 5_000;
    private static final List<String> PERIODS = List.of("ALL_TIME", "2026-11-30", "2026-W49", "2026-11");
    private static final BoardRule RULE = BoardRule.parse("BEST|DESC|NEVER|UTC");
    private static final Keys.Board BOARD = new Keys.Board(1, "score");
    private static final UUID ASKED = new UUID(7, 7);
    private static final long QUIET_NANOS = Duration.ofSeconds(20).toNanos();

    private static final RedisScript<Long> FILL = RedisScript.of(
            "for i = 1, #ARGV, 3 do for k = 1, #KEYS, 2 do"
                    + " redis.call('ZADD', KEYS[k], -ARGV[i + 2], ARGV[i + 1] .. ARGV[i])"
                    + " redis.call('HSET', KEYS[k + 1], ARGV[i], struct.pack('>dI4', ARGV[i + 2], 0) .. ARGV[i + 1])"
                    + " end end return 1",
            Long.class);

    private static final RedisScript<Long> ADD =
            RedisScript.of("return redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])", Long.class);

    private final Random random = new Random(1);

    @Test
    void a_board_of_a_million_players_is_taken_over() throws InterruptedException {
        try (LeaderboardsRedis redis = LeaderboardsRedis.at(TestRedis.url(), Duration.ofMinutes(5));
                LeaderboardsRedis others = LeaderboardsRedis.at(TestRedis.url(), Duration.ofMinutes(5))) {
            new LeaderboardsCleaner(redis).dropAll();
            fill(new Redis(redis, 1));
            Waits quiet = new Waits(others);
            long until = System.nanoTime() + QUIET_NANOS;
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(100_000_000);
            }
            quiet.end();
            System.out.println("nothing else going on: " + quiet);

            List<Long> longest = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                Waits waits = new Waits(others);
                SlowLog slow = new SlowLog(redis);
                long begun = System.nanoTime();
                LeaderboardsTakeOver.run(redis, 2, 1, LeftOut.NOTHING);
                long millis = (System.nanoTime() - begun) / 1_000_000;
                waits.end();
                longest.add(waits.longest());
                System.out.printf(
                        "a board of %d players in %d periods was taken over in %d ms; meanwhile %s;"
                                + " Redis was busy with one thing for %.1f ms at most%n",
                        PLAYERS, PERIODS.size(), millis, waits, slow.longestMicros() / 1e3);
                Redis copy = new Redis(redis, 2);
                PERIODS.forEach(period ->
                        assertThat(copy.size(copy.keys().rank(BOARD, period))).isEqualTo(PLAYERS + 1));
                new LeaderboardsCleaner(redis, 2).drop();
            }
            longest.sort(null);
            System.out.printf(
                    "longest wait: median of %d rounds %.1f ms, most %.1f ms%n",
                    ROUNDS, longest.get(ROUNDS / 2) / 1e6, longest.getLast() / 1e6);
            new LeaderboardsCleaner(redis).dropAll();
        }
    }

    /** Puts one question after the other, and measures each answer. */
    private static final class Waits {
        private final AtomicBoolean isEnded = new AtomicBoolean();
        private final LongStream.Builder nanos = LongStream.builder();
        private final Thread asking;
        private long[] sorted = {};

        Waits(LeaderboardsRedis redis) {
            LeaderboardsReader reader = new LeaderboardsReader(redis);
            Redis direct = new Redis(redis, 1);
            byte[] list = Bytes.of("gm:leaderboards:bench");
            asking = Thread.ofPlatform().start(() -> {
                for (int asked = 0; !isEnded.get(); asked++) {
                    long begun = System.nanoTime();
                    if (asked % 2 == 0) {
                        assertThat(reader.standing(1, "score", RULE, Period.ALL_TIME, new Pseudonym(ASKED), 9)
                                        .flatMap(Standing::entry))
                                .isPresent();
                    } else {
                        direct.run(ADD, List.of(list), List.of(Bytes.of(asked), Bytes.of(asked % 1_000)));
                    }
                    nanos.add(System.nanoTime() - begun);
                    LockSupport.parkNanos(500_000);
                }
            });
        }

        void end() throws InterruptedException {
            isEnded.set(true);
            asking.join();
            sorted = nanos.build().sorted().toArray();
        }

        long longest() {
            return sorted[sorted.length - 1];
        }

        @Override
        public String toString() {
            return "%d questions waited %.2f ms (median), %.2f ms (p99), %.1f ms (longest)"
                    .formatted(
                            sorted.length,
                            sorted[sorted.length / 2] / 1e6,
                            sorted[sorted.length * 99 / 100] / 1e6,
                            longest() / 1e6);
        }
    }

    /** What Redis itself says it was busy with, without the time the question was on its way. */
    private record SlowLog(LeaderboardsRedis redis) {

        SlowLog {
            try (RedisConnection connection = redis.connections().getConnection()) {
                connection.serverCommands().setConfig("slowlog-log-slower-than", "2000");
                connection.serverCommands().setConfig("slowlog-max-len", "100000");
                server(connection).slowlogReset().toCompletableFuture().join();
            }
        }

        long longestMicros() {
            try (RedisConnection connection = redis.connections().getConnection()) {
                return server(connection).slowlogGet(100_000).toCompletableFuture().join().stream()
                        .mapToLong(entry ->
                                entry instanceof List<?> fields && fields.get(2) instanceof Long micros ? micros : 0)
                        .max()
                        .orElse(0);
            }
        }

        private static RedisServerAsyncCommands<?, ?> server(RedisConnection connection) {
            return (RedisServerAsyncCommands<?, ?>) connection.getNativeConnection();
        }
    }

    private void fill(Redis direct) {
        Keys keys = direct.keys();
        direct.addToSet(keys.games(), Bytes.of(1));
        direct.put(
                keys.config(1),
                Map.of(Bytes.of("zone:1"), Bytes.of("UTC"), Bytes.of("board:2"), Bytes.of("BEST|DESC|NEVER|score")));
        direct.put(keys.meta(BOARD), Map.of(Bytes.of("rule"), Bytes.of(RULE.text())));
        List<byte[]> lists = new ArrayList<>();
        PERIODS.forEach(period -> {
            direct.put(keys.changed(BOARD), Map.of(Bytes.of(period), Bytes.of(1)));
            lists.add(keys.rank(BOARD, period));
            lists.add(keys.state(BOARD, period));
        });
        for (int filled = 0; filled < PLAYERS; filled += CHUNK) {
            List<byte[]> arguments = new ArrayList<>();
            for (int player = 0; player < CHUNK; player++) {
                add(arguments, new UUID(random.nextLong(), random.nextLong()));
            }
            direct.run(FILL, lists, arguments);
        }
        List<byte[]> one = new ArrayList<>();
        add(one, ASKED);
        direct.run(FILL, lists, one);
    }

    /** A player, when and where the score was reached, and the score. */
    private void add(List<byte[]> arguments, UUID player) {
        arguments.add(Bytes.of(player));
        arguments.add(ByteBuffer.allocate(12)
                .putShort((short) 0)
                .putInt(random.nextInt(1 << 30))
                .putShort((short) 0)
                .putInt(random.nextInt(1 << 30))
                .array());
        arguments.add(Bytes.of(random.nextInt(1_000_000)));
    }
}
