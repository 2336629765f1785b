package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.script.RedisScript;

/** How long Redis answers nobody while a board of a million players is copied, all of whom are in all four periods. */
@Tag("bench")
class TakeOverBench {

    private static final int PLAYERS = Integer.getInteger("players", 1_000_000);
    private static final int CHUNK = 5_000;
    private static final List<String> PERIODS = List.of("ALL_TIME", "2026-11-30", "2026-W49", "2026-11");

    /** Values and members of the length they have, whatever they say. */
    private static final RedisScript<Long> FILL = RedisScript.of(
            "for i = 1, #ARGV, 3 do for k = 1, #KEYS, 2 do redis.call('ZADD', KEYS[k], ARGV[i + 2], ARGV[i + 1] .. ARGV[i])"
                    + " redis.call('HSET', KEYS[k + 1], ARGV[i], ARGV[i + 1] .. '123456789012') end end return 1",
            Long.class);

    private final Random random = new Random(1);

    @Test
    void a_board_of_a_million_players_is_copied() {
        try (LeaderboardsRedis redis = LeaderboardsRedis.at(TestRedis.url(), Duration.ofMinutes(5))) {
            new LeaderboardsCleaner(redis).dropAll();
            Redis direct = new Redis(redis, 1);
            Keys keys = direct.keys();
            Keys.Board board = new Keys.Board(1, "score");
            direct.addToSet(keys.games(), Bytes.of(1));
            direct.put(
                    keys.config(1),
                    Map.of(
                            Bytes.of("zone:1"),
                            Bytes.of("UTC"),
                            Bytes.of("board:2"),
                            Bytes.of("BEST|DESC|NEVER|score")));
            direct.put(keys.meta(board), Map.of(Bytes.of("rule"), Bytes.of("BEST|DESC|NEVER|UTC")));
            List<byte[]> lists = new ArrayList<>();
            PERIODS.forEach(period -> {
                direct.put(keys.changed(board), Map.of(Bytes.of(period), Bytes.of(1)));
                lists.add(keys.rank(board, period));
                lists.add(keys.state(board, period));
            });
            for (int filled = 0; filled < PLAYERS; filled += CHUNK) {
                direct.run(FILL, lists, players());
            }

            long begun = System.nanoTime();
            LeaderboardsTakeOver.run(redis, 2, 1, Set.of());
            long millis = (System.nanoTime() - begun) / 1_000_000;

            System.out.printf(
                    "a board of %d players in %d periods was copied in %d ms%n", PLAYERS, PERIODS.size(), millis);
            Redis copy = new Redis(redis, 2);
            assertThat(copy.size(copy.keys().rank(board, PERIODS.getFirst()))).isEqualTo(PLAYERS);
            new LeaderboardsCleaner(redis).dropAll();
        }
    }

    private List<byte[]> players() {
        List<byte[]> arguments = new ArrayList<>();
        for (int player = 0; player < CHUNK; player++) {
            arguments.add(Bytes.of(new UUID(random.nextLong(), random.nextLong())));
            arguments.add(
                    ByteBuffer.allocate(12).putInt(1).putLong(random.nextLong()).array());
            arguments.add(Bytes.of(random.nextInt(1_000_000)));
        }
        return arguments;
    }
}
