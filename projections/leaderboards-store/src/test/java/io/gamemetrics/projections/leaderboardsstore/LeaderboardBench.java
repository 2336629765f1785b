package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.BenchReport;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Operator;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.SortOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * How long a score, a rank and the players around take on a board of a million players, and what these weigh. A score is
 * measured as it comes alone: four periods, the checkpoint, and all that is looked up for it. Baselines in the same run: a
 * bare ZADD into, and ZRANK in, one sorted set of as many members, by the same client.
 */
@Tag("bench")
class LeaderboardBench {

    private static final int PLAYERS = Integer.getInteger("players", 1_000_000);
    private static final int BATCH = 10_000;
    private static final int ROUNDS = 3;
    private static final int OPERATIONS = 3_000;
    private static final int DAYS = 28;
    private static final String BARE = "bench:bare";
    private static final long WRITE_LIMIT_MICROS = 2_000;
    private static final long READ_LIMIT_MICROS = 5_000;
    private static final int MOST_TIMES_BARE = 5;

    private final Random random = new Random(1);

    @Test
    void scores_ranks_and_neighbours_of_a_million_players() throws Exception {
        try (LeaderboardsRedis redis = LeaderboardsRedis.at(TestRedis.url())) {
            StringRedisTemplate bare = new StringRedisTemplate(redis.connections());
            Board board = new Board(redis, Operator.BEST, SortOrder.DESC);
            long before = usedBytes(bare);
            long begun = System.nanoTime();
            fill(board);
            long scoresPerSecond = PLAYERS * 1_000_000_000L / (System.nanoTime() - begun);
            long bytes = usedBytes(bare) - before;
            for (int player = 0; player < PLAYERS; player++) {
                bare.opsForZSet().add(BARE, member(player), random.nextInt());
            }
            long bareBytes = usedBytes(bare) - before - bytes;

            long[] write = new long[ROUNDS];
            long[] rank = new long[ROUNDS];
            long[] around = new long[ROUNDS];
            long[] page = new long[ROUNDS];
            long[] zadd = new long[ROUNDS];
            long[] zrank = new long[ROUNDS];
            // The first round warms up and is not counted.
            for (int round = -1; round < ROUNDS; round++) {
                int place = Math.max(0, round);
                zadd[place] = p99Micros(player -> bare.opsForZSet().add(BARE, member(player), random.nextInt()));
                write[place] = p99Micros(player -> board.score(player, random.nextInt(), anyMoment()));
                zrank[place] = p99Micros(player ->
                        assertThat(bare.opsForZSet().rank(BARE, member(player))).isNotNull());
                rank[place] = p99Micros(
                        player -> assertThat(board.standing(player, 1).entry()).isPresent());
                around[place] = p99Micros(player ->
                        assertThat(board.standing(player, 21).around()).hasSize(21));
                Cursor[] cursor = new Cursor[1];
                page[place] = p99Micros(player -> {
                    Page next = board.page(new PageRequest(50, false, cursor[0], null));
                    cursor[0] = next.entries().getLast().cursor();
                });
            }
            String settings = String.format(
                    Locale.ROOT,
                    "{\"players\":%d,\"periods\":4,\"operations\":%d,\"scoresPerSecondInBatches\":%d,"
                            + "\"bytesPerPlayer\":%.1f,\"bytesPerMemberOfABareSet\":%.1f}",
                    PLAYERS,
                    OPERATIONS,
                    scoresPerSecond,
                    bytes / (double) PLAYERS,
                    bareBytes / (double) PLAYERS);
            String unit = "p99 microseconds";
            System.out.print(BenchReport.write("leaderboard", unit, settings, write, Map.of("zadd", zadd)));
            System.out.print(BenchReport.write("leaderboard-rank", unit, settings, rank, Map.of("zrank", zrank)));
            System.out.print(BenchReport.write("leaderboard-around", unit, settings, around, Map.of("zrank", zrank)));
            System.out.print(BenchReport.write("leaderboard-page", unit, settings, page, Map.of("zrank", zrank)));
            check("write", write, WRITE_LIMIT_MICROS, zadd);
            check("rank", rank, READ_LIMIT_MICROS, zrank);
            check("around", around, READ_LIMIT_MICROS, zrank);
        }
    }

    private void fill(Board board) {
        for (int first = 0; first < PLAYERS; first += BATCH) {
            int from = first;
            board.write(batch -> {
                for (int player = from; player < Math.min(PLAYERS, from + BATCH); player++) {
                    batch.score(
                            Board.GAME,
                            Board.player(player),
                            Board.ID,
                            random.nextInt(),
                            anyMoment(),
                            board.at(),
                            Board.NOW);
                }
            });
        }
    }

    /** Within the limit, or within so many times the bare command, where the machine itself is slower. */
    private static void check(String what, long[] micros, long limit, long[] bare) {
        assertThat(BenchReport.median(micros))
                .as(what)
                .isLessThan(Math.max(limit, MOST_TIMES_BARE * BenchReport.median(bare)));
    }

    private long p99Micros(IntConsumer operation) {
        long[] micros = new long[OPERATIONS];
        for (int i = 0; i < OPERATIONS; i++) {
            int player = random.nextInt(PLAYERS);
            long begun = System.nanoTime();
            operation.accept(player);
            micros[i] = (System.nanoTime() - begun) / 1_000;
        }
        Arrays.sort(micros);
        return micros[OPERATIONS * 99 / 100];
    }

    private Instant anyMoment() {
        return Board.NOW.plus(Duration.ofMinutes(random.nextInt(DAYS * 24 * 60)));
    }

    private static String member(int player) {
        return Board.player(player).toString();
    }

    private static long usedBytes(StringRedisTemplate redis) {
        String used = redis.execute((RedisCallback<String>)
                connection -> Objects.requireNonNull(connection.serverCommands().info("memory"))
                        .getProperty("used_memory"));
        return Long.parseLong(Objects.requireNonNull(used));
    }
}
