package io.gamemetrics.projections.leaderboardsstore;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The leaderboards' Redis: one server, or a cluster, which is found out by asking. It need not answer when this is made;
 * a connection is made when the first question is put. Safe for concurrent use; closing ends its connections.
 */
public final class LeaderboardsRedis implements AutoCloseable {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final String CLUSTER = "cluster:";
    private static final String EVICTION = "maxmemory_policy";

    private final List<RedisURI> nodes;
    private final Duration timeout;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable LettuceConnectionFactory connections;

    private LeaderboardsRedis(List<RedisURI> nodes, Duration timeout) {
        this.nodes = nodes;
        this.timeout = timeout;
    }

    /**
     * The Redis at an address.
     *
     * @param url {@code redis://[user:password@]host[:port][/database]}, {@code rediss:} for TLS; of a cluster some nodes,
     *     separated by commas, with the credentials of the first. The prefix {@code cluster:} may stand before it
     * @throws IllegalArgumentException when it is no such address
     */
    public static LeaderboardsRedis at(String url) {
        return at(url, COMMAND_TIMEOUT);
    }

    /** The same, with another time after which an answer is no longer waited for. */
    public static LeaderboardsRedis at(String url, Duration timeout) {
        String addresses = url.startsWith(CLUSTER) ? url.substring(CLUSTER.length()) : url;
        return new LeaderboardsRedis(
                Arrays.stream(addresses.split(","))
                        .map(String::trim)
                        .map(RedisURI::create)
                        .toList(),
                timeout);
    }

    /**
     * Makes sure that Redis never deletes by itself what was counted.
     *
     * @throws LeaderboardsStoreException saying what to set, when it does; or when it does not answer
     */
    public void requireNoEviction() {
        Properties memory = info(connections(), "memory");
        for (String name : memory.stringPropertyNames()) {
            // In a cluster each node's answer begins with its name.
            if (name.endsWith(EVICTION) && !memory.getProperty(name).equals("noeviction")) {
                throw new LeaderboardsStoreException(
                        "Redis would delete leaderboards when its memory is full (maxmemory-policy is "
                                + memory.getProperty(name) + "): set maxmemory-policy to noeviction and start again.");
            }
        }
    }

    /** @throws LeaderboardsStoreException when nobody answers yet */
    LettuceConnectionFactory connections() {
        LettuceConnectionFactory known = connections;
        if (known != null) {
            return known;
        }
        connecting.lock();
        try {
            LettuceConnectionFactory found = connections;
            if (found == null) {
                found = connect();
                connections = found;
            }
            return found;
        } finally {
            connecting.unlock();
        }
    }

    /**
     * A new connection to listen on; lost, it comes back by itself where that can be seen.
     *
     * @throws LeaderboardsStoreException when Redis does not answer
     */
    StatefulRedisPubSubConnection<byte[], byte[]> listening() {
        try {
            return switch (connections().getRequiredNativeClient()) {
                case RedisClusterClient cluster -> cluster.connectPubSub(ByteArrayCodec.INSTANCE);
                case RedisClient alone -> alone.connectPubSub(ByteArrayCodec.INSTANCE);
                default -> throw new IllegalStateException("neither a server nor a cluster");
            };
        } catch (RedisException e) {
            throw new LeaderboardsStoreException("changes of leaderboards can't be listened to", e);
        }
    }

    /**
     * Gives up the connection on which all questions are put, when it has died without a word: the next one is put on another.
     *
     * @param answerWithin how long an answer is waited for
     */
    void renewIfSilent(Duration answerWithin) throws InterruptedException {
        LettuceConnectionFactory known = connections;
        if (known == null) {
            return;
        }
        try (RedisConnection connection = known.getConnection()) {
            if (connection.getNativeConnection() instanceof BaseRedisAsyncCommands<?, ?> commands) {
                commands.ping().get(answerWithin.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException e) {
            known.resetConnection();
        } catch (ExecutionException | DataAccessException e) {
            // It knows that it is lost, and comes back by itself.
        }
    }

    @Override
    public void close() {
        LettuceConnectionFactory known = connections;
        if (known != null) {
            known.destroy();
        }
    }

    private LettuceConnectionFactory connect() {
        RedisURI first = nodes.getFirst();
        LettuceConnectionFactory alone = factory(alone(first));
        try {
            if (!isCluster(alone)) {
                return alone;
            }
        } catch (LeaderboardsStoreException e) {
            alone.destroy();
            throw e;
        }
        alone.destroy();
        return factory(cluster(nodes));
    }

    private static boolean isCluster(RedisConnectionFactory connections) {
        return "1".equals(info(connections, "cluster").getProperty("cluster_enabled"));
    }

    private static Properties info(RedisConnectionFactory connections, String section) {
        try (RedisConnection connection = connections.getConnection()) {
            Properties found = connection.serverCommands().info(section);
            return found == null ? new Properties() : found;
        } catch (DataAccessException e) {
            throw new LeaderboardsStoreException("the leaderboards' Redis could not be asked", e);
        }
    }

    private LettuceConnectionFactory factory(RedisConfiguration configuration) {
        LettuceClientConfiguration.LettuceClientConfigurationBuilder client =
                LettuceClientConfiguration.builder().commandTimeout(timeout);
        if (nodes.getFirst().isSsl()) {
            client.useSsl();
        }
        LettuceConnectionFactory factory = new LettuceConnectionFactory(configuration, client.build());
        factory.afterPropertiesSet();
        factory.start();
        return factory;
    }

    private static RedisConfiguration alone(RedisURI uri) {
        RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration(uri.getHost(), uri.getPort());
        configuration.setDatabase(uri.getDatabase());
        configuration.setUsername(user(uri));
        configuration.setPassword(password(uri));
        return configuration;
    }

    private static RedisConfiguration cluster(List<RedisURI> nodes) {
        RedisClusterConfiguration configuration = new RedisClusterConfiguration();
        nodes.forEach(node -> configuration.addClusterNode(new RedisNode(node.getHost(), node.getPort())));
        configuration.setUsername(user(nodes.getFirst()));
        configuration.setPassword(password(nodes.getFirst()));
        return configuration;
    }

    private static @Nullable String user(RedisURI uri) {
        var credentials = uri.getCredentialsProvider().resolveCredentials().block();
        return credentials == null ? null : credentials.getUsername();
    }

    private static RedisPassword password(RedisURI uri) {
        var credentials = uri.getCredentialsProvider().resolveCredentials().block();
        return credentials == null || !credentials.hasPassword()
                ? RedisPassword.none()
                : RedisPassword.of(credentials.getPassword());
    }
}
