package io.gamemetrics.projections.livetailstore;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.time.Duration;

/** One connection to a Redis or a cluster. Lost, it comes back by itself. */
record RedisLink(RedisClusterCommands<String, String> commands, AutoCloseable connection) implements AutoCloseable {

    private static final String CLUSTER = "cluster:";
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);

    /** Makes connections to one address. */
    interface Source extends AutoCloseable {

        /** @throws LiveTailStoreException when Redis does not answer */
        RedisLink open();

        @Override
        void close();
    }

    /** @param url {@code redis://:password@host:port}, or {@code cluster:} and the same of any node */
    static Source source(String url) {
        return url.startsWith(CLUSTER) ? cluster(uri(url.substring(CLUSTER.length()))) : server(uri(url));
    }

    private static RedisURI uri(String url) {
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(COMMAND_TIMEOUT);
        return uri;
    }

    private static Source server(RedisURI uri) {
        RedisClient client = RedisClient.create(uri);
        // Better told at once that Redis is away than queued until it is back.
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .build());
        return new Source() {
            @Override
            public RedisLink open() {
                try {
                    StatefulRedisConnection<String, String> connection = client.connect();
                    return new RedisLink(connection.sync(), connection);
                } catch (RedisException e) {
                    throw new LiveTailStoreException("live tail: Redis does not answer", e);
                }
            }

            @Override
            public void close() {
                client.shutdown();
            }
        };
    }

    private static Source cluster(RedisURI uri) {
        RedisClusterClient client = RedisClusterClient.create(uri);
        return new Source() {
            @Override
            public RedisLink open() {
                try {
                    StatefulRedisClusterConnection<String, String> connection = client.connect();
                    return new RedisLink(connection.sync(), connection);
                } catch (RedisException e) {
                    throw new LiveTailStoreException("live tail: Redis does not answer", e);
                }
            }

            @Override
            public void close() {
                client.shutdown();
            }
        };
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (Exception e) {
            throw new LiveTailStoreException("live tail: a connection to Redis could not be closed", e);
        }
    }
}
