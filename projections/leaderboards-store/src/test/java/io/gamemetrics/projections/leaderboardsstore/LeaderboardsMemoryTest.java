package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Operator;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.SortOrder;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaderboardsMemoryTest {

    private static final int PLAYERS = 3_000;

    private final RedisClient client = RedisClient.create(TestRedis.url());
    private final RedisCommands<String, String> server = client.connect().sync();
    private LeaderboardsRedis redis;
    private LeaderboardsMemory memory;

    @BeforeEach
    void connect() {
        redis = LeaderboardsRedis.at(TestRedis.url());
        memory = new LeaderboardsMemory(redis);
        new LeaderboardsCleaner(redis).dropAll();
    }

    @AfterEach
    void close() {
        server.configSet("maxmemory", "0");
        redis.close();
        client.shutdown();
    }

    @Test
    void a_version_takes_what_redis_uses_more_since_it_is_there() {
        assertThat(memory.ofVersion(1)).isZero();
        Board board = new Board(redis, Operator.BEST, SortOrder.DESC).score(1, 1);
        long few = memory.ofVersion(1);
        long before = used();
        board.write(batch -> {
            for (int player = 2; player < PLAYERS; player++) {
                batch.score(Board.GAME, Board.player(player), Board.ID, player, Board.NOW, board.at(), Board.NOW);
            }
        });

        long grown = used() - before;
        assertThat((double) (memory.ofVersion(1) - few)).isCloseTo((double) grown, within(0.3 * grown));
        assertThat(memory.ofVersion(2)).isZero();
    }

    @Test
    void what_is_free_ends_at_the_limit_that_is_set() {
        long limit = used() + 50_000_000;
        server.configSet("maxmemory", Long.toString(limit));

        assertThat((double) memory.free()).isCloseTo(50_000_000, within(5_000_000.0));
    }

    @Test
    void without_a_limit_it_is_what_the_machine_has() {
        long machine = info("total_system_memory");
        assertThat(memory.free())
                .isPositive()
                .isLessThan(machine)
                .isGreaterThan(machine - 10 * info("used_memory_rss"));
    }

    private long used() {
        return info("used_memory");
    }

    private long info(String name) {
        return server.info("memory")
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(
                        line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .findFirst()
                .orElseThrow();
    }
}
