package io.gamemetrics.projections.leaderboardsstore;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Connections to the leaderboards' Redis: one server, or a cluster, which it finds out by asking. Safe for concurrent use;
 * closing ends them.
 */
public final class LeaderboardsRedis implements AutoCloseable {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final String CLUSTER = "cluster:";
    private static final String EVICTION = "maxmemory_policy";

    private final LettuceConnectionFactory connections;

    private LeaderboardsRedis(LettuceConnectionFactory connections) {
        this.connections = connections;
    }

    /**
     * Connects.
     *
     * @param url {@code redis://[user:password@]host[:port][/database]}, {@code rediss:} for TLS; of a cluster some nodes,
     *     separated by commas, with the credentials of the first
     * @throws LeaderboardsStoreException when nobody answers
     */
    public static LeaderboardsRedis open(String url) {
        // Whether it is a cluster is asked; others need the prefix.
        String addresses = url.startsWith(CLUSTER) ? url.substring(CLUSTER.length()) : url;
        List<RedisURI> nodes = Arrays.stream(addresses.split(","))
                .map(String::trim)
                .map(RedisURI::create)
                .toList();
        LettuceConnectionFactory alone = factory(alone(nodes.getFirst()), nodes.getFirst());
        if (!isCluster(alone)) {
            return new LeaderboardsRedis(alone);
        }
        alone.destroy();
        return new LeaderboardsRedis(factory(cluster(nodes), nodes.getFirst()));
    }

    /** For Writers and Readers. */
    public LettuceConnectionFactory connections() {
        return connections;
    }

    /**
     * Makes sure that Redis never deletes by itself what was counted.
     *
     * @throws LeaderboardsStoreException saying what to set, when it does
     */
    public void requireNoEviction() {
        Properties memory = info(connections, "memory");
        for (String name : memory.stringPropertyNames()) {
            // In a cluster each node's answer begins with its name.
            if (name.endsWith(EVICTION) && !memory.getProperty(name).equals("noeviction")) {
                throw new LeaderboardsStoreException(
                        "Redis would delete leaderboards when its memory is full (maxmemory-policy is "
                                + memory.getProperty(name) + "): set maxmemory-policy to noeviction and start again.");
            }
        }
    }

    @Override
    public void close() {
        connections.destroy();
    }

    private static boolean isCluster(LettuceConnectionFactory connections) {
        return "1".equals(info(connections, "cluster").getProperty("cluster_enabled"));
    }

    private static Properties info(LettuceConnectionFactory connections, String section) {
        try (RedisConnection connection = connections.getConnection()) {
            Properties found = connection.serverCommands().info(section);
            return found == null ? new Properties() : found;
        } catch (DataAccessException e) {
            throw new LeaderboardsStoreException("the leaderboards' Redis could not be asked", e);
        }
    }

    private static LettuceConnectionFactory factory(RedisConfiguration configuration, RedisURI uri) {
        LettuceClientConfiguration.LettuceClientConfigurationBuilder client =
                LettuceClientConfiguration.builder().commandTimeout(COMMAND_TIMEOUT);
        if (uri.isSsl()) {
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
