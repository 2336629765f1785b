package io.gamemetrics.infrastructure.endtoendtests;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The platform's own Redis, for what a test does to it behind the platform's back. */
record OwnRedis(RedisClient client, StatefulRedisConnection<String, String> connection) implements AutoCloseable {

    /** @param data the folder of a platform that runs */
    static OwnRedis of(Path data) throws IOException {
        List<String> settings = Files.readAllLines(data.resolve("servers/redis/redis.conf"));
        RedisClient client =
                RedisClient.create(RedisURI.Builder.redis("127.0.0.1", Integer.parseInt(setting(settings, "port")))
                        .withPassword(setting(settings, "requirepass").toCharArray())
                        .build());
        return new OwnRedis(client, client.connect());
    }

    RedisCommands<String, String> commands() {
        return connection.sync();
    }

    /** Has it write all it holds into {@code dump.rdb}, with nothing packed. */
    void dump() throws Exception {
        commands().configSet("rdbcompression", "no");
        commands().bgsave();
        String state = Looking.until(each -> each.contains("rdb_bgsave_in_progress:0"), () -> commands()
                .info("persistence"));
        commands().configSet("rdbcompression", "yes");
        if (!state.contains("rdb_last_bgsave_status:ok")) {
            throw new IllegalStateException("Redis wrote no dump: " + state);
        }
    }

    private static String setting(List<String> settings, String name) {
        return settings.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
