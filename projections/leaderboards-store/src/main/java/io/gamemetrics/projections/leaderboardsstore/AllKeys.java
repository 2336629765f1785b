package io.gamemetrics.projections.leaderboardsstore;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;

/** Goes through keys and what is in them, a page at a time, on every node of a cluster. */
final class AllKeys {

    private static final int PAGE = 1_000;

    private AllKeys() {}

    /** Gives each key that matches, some perhaps twice. */
    static void forEach(RedisConnection connection, String pattern, Consumer<byte[]> each) {
        ScanOptions options =
                ScanOptions.scanOptions().match(pattern).count(PAGE).build();
        if (connection instanceof RedisClusterConnection cluster) {
            for (RedisClusterNode node : cluster.clusterGetNodes()) {
                if (node.isMaster()) {
                    drain(cluster.scan(node, options), each);
                }
            }
        } else {
            drain(connection.keyCommands().scan(options), each);
        }
    }

    /** Gives each field, value and member of a key. */
    static void forEachIn(RedisConnection connection, byte[] key, Consumer<byte[]> each) {
        ScanOptions options = ScanOptions.scanOptions().count(PAGE).build();
        DataType type = connection.keyCommands().type(key);
        if (type == DataType.HASH) {
            forEachEntry(connection, key, (field, value) -> {
                each.accept(field);
                each.accept(value);
            });
        } else if (type == DataType.ZSET) {
            drain(connection.zSetCommands().zScan(key, options), member -> each.accept(member.getValue()));
        } else if (type == DataType.SET) {
            drain(connection.setCommands().sScan(key, options), each);
        }
    }

    /** Gives each field of a hash with its value. */
    static void forEachEntry(RedisConnection connection, byte[] hash, BiConsumer<byte[], byte[]> each) {
        ScanOptions options = ScanOptions.scanOptions().count(PAGE).build();
        drain(connection.hashCommands().hScan(hash, options), entry -> each.accept(entry.getKey(), entry.getValue()));
    }

    /** Gives each member of a sorted set with its score. */
    static void forEachMember(RedisConnection connection, byte[] list, BiConsumer<byte[], Double> each) {
        ScanOptions options = ScanOptions.scanOptions().count(PAGE).build();
        drain(
                connection.zSetCommands().zScan(list, options),
                member -> each.accept(member.getValue(), member.getScore()));
    }

    private static <T> void drain(Cursor<T> cursor, Consumer<T> each) {
        try (cursor) {
            while (cursor.hasNext()) {
                each.accept(cursor.next());
            }
        }
    }
}
