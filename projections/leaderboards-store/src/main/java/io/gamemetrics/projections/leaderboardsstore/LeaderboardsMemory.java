package io.gamemetrics.projections.leaderboardsstore;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisServerAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnection;

/**
 * How much memory boards take and how much is left. Safe for concurrent use. Every method throws {@link
 * LeaderboardsStoreException} when Redis can't be asked.
 */
public final class LeaderboardsMemory {

    private static final int AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Redis redis;

    public LeaderboardsMemory(LeaderboardsRedis address) {
        this.redis = new Redis(address, 1);
    }

    /**
     * What the keys of a version take, as Redis reckons it: each key is asked for, and of its members Redis looks at a few.
     * Takes a while where there are many boards and periods, and holds nobody up: call it seldom, and aside.
     */
    public long ofVersion(int version) {
        long[] bytes = {0};
        String pattern = new Keys(version).pattern();
        redis.onConnection(connection -> {
            List<byte[]> keys = new ArrayList<>();
            AllKeys.forEach(connection, pattern, key -> {
                keys.add(key);
                if (keys.size() == AT_ONCE) {
                    bytes[0] += usage(connection, keys);
                    keys.clear();
                }
            });
            bytes[0] += usage(connection, keys);
        });
        return bytes[0];
    }

    /**
     * What is left: up to {@code maxmemory} where it is set, else what of the machine's memory Redis does not use itself,
     * as if nobody else was on it. Of a cluster the sum over its masters.
     */
    public long free() {
        long[] free = {0};
        redis.onConnection(connection -> {
            if (connection instanceof RedisClusterConnection cluster) {
                for (RedisClusterNode node : cluster.clusterGetNodes()) {
                    if (node.isMaster()) {
                        free[0] += free(cluster.serverCommands().info(node, "memory"));
                    }
                }
            } else {
                free[0] = free(connection.serverCommands().info("memory"));
            }
        });
        return free[0];
    }

    private static long free(@Nullable Properties memory) {
        if (memory == null) {
            throw new LeaderboardsStoreException("Redis did not say how much memory it has");
        }
        long most = number(memory, "maxmemory");
        long left = most > 0
                ? most - number(memory, "used_memory")
                : number(memory, "total_system_memory") - number(memory, "used_memory_rss");
        return Math.max(0, left);
    }

    private static long number(Properties memory, String name) {
        return Long.parseLong(memory.getProperty(name, "0").strip());
    }

    /** All at once; a key that is gone meanwhile takes nothing. */
    @SuppressWarnings("unchecked") // a connection of bytes, see LeaderboardsRedis
    private static long usage(RedisConnection connection, List<byte[]> keys) {
        if (!(connection.getNativeConnection() instanceof RedisServerAsyncCommands<?, ?> server)) {
            throw new LeaderboardsStoreException("Redis is not asked by Lettuce");
        }
        RedisServerAsyncCommands<byte[], byte[]> bytes = (RedisServerAsyncCommands<byte[], byte[]>) server;
        List<RedisFuture<Long>> asked = keys.stream().map(bytes::memoryUsage).toList();
        long sum = 0;
        try {
            for (RedisFuture<Long> answer : asked) {
                Long usage = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                sum += usage == null ? 0 : usage;
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new LeaderboardsStoreException("the leaderboards' Redis could not be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LeaderboardsStoreException("asking the leaderboards' Redis was interrupted", e);
        }
        return sum;
    }
}
