package io.gamemetrics.projections.leaderboardsstore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * The few things that are asked of Redis, in bytes. Safe for concurrent use. Every method throws {@link
 * LeaderboardsStoreException} when Redis can't be asked or refuses.
 */
class Redis {

    private final LeaderboardsRedis address;
    private final Keys keys;
    private volatile @Nullable RedisTemplate<byte[], byte[]> template;

    /** @param version which of the read model's versions is asked for */
    Redis(LeaderboardsRedis address, int version) {
        this.address = address;
        this.keys = new Keys(version);
    }

    /** Where everything lies. */
    Keys keys() {
        return keys;
    }

    byte @Nullable [] get(byte[] key, byte[] field) {
        return ask(redis -> hashes(redis).get(key, field));
    }

    /** The fields' values in their order, null for one that is not there. */
    List<byte @Nullable []> get(byte[] key, List<byte[]> fields) {
        List<byte @Nullable []> values = new ArrayList<>();
        if (!fields.isEmpty()) {
            for (byte[] value : askFor(redis -> hashes(redis).multiGet(key, fields))) {
                values.add(value);
            }
        }
        return values;
    }

    Map<byte[], byte[]> entries(byte[] key) {
        return askFor(redis -> hashes(redis).entries(key));
    }

    /** The same where fields and values are words. */
    Map<String, String> all(byte[] key) {
        Map<String, String> texts = new HashMap<>();
        entries(key).forEach((field, value) -> texts.put(Bytes.text(field), Bytes.text(value)));
        return texts;
    }

    Set<byte[]> fields(byte[] key) {
        return askFor(redis -> hashes(redis).keys(key));
    }

    /** How many fields a hash has. */
    long count(byte[] hash) {
        return askFor(redis -> hashes(redis).size(hash));
    }

    /** How many members a sorted set has. */
    long size(byte[] list) {
        return askFor(redis -> redis.opsForZSet().zCard(list));
    }

    /** The members' scores in their order, null for one that is not there. */
    List<@Nullable Double> scores(byte[] list, List<byte[]> members) {
        List<@Nullable Double> scores = new ArrayList<>();
        if (!members.isEmpty()) {
            for (Double score :
                    askFor(redis -> redis.opsForZSet().score(list, (Object[]) members.toArray(byte[][]::new)))) {
                scores.add(score);
            }
        }
        return scores;
    }

    void put(byte[] key, Map<byte[], byte[]> values) {
        askFor(redis -> {
            hashes(redis).putAll(key, values);
            return true;
        });
    }

    void putIfAbsent(byte[] key, byte[] field, byte[] value) {
        askFor(redis -> hashes(redis).putIfAbsent(key, field, value));
    }

    /** @return how many of the fields there were */
    long remove(byte[] key, byte[] field) {
        return askFor(redis -> hashes(redis).delete(key, field));
    }

    void addToSet(byte[] key, byte[] member) {
        askFor(redis -> redis.opsForSet().add(key, member));
    }

    Set<byte[]> members(byte[] key) {
        return askFor(redis -> redis.opsForSet().members(key));
    }

    /** For what needs one connection for several questions. */
    void onConnection(Consumer<RedisConnection> work) {
        askFor(redis -> redis.execute((RedisCallback<Boolean>) connection -> {
            work.accept(connection);
            return true;
        }));
    }

    void delete(byte[] key) {
        askFor(redis -> redis.delete(key));
    }

    /** What a script answers, bytes and numbers as they come; null for nothing. */
    <T> @Nullable T run(RedisScript<T> script, List<byte[]> keys, List<byte[]> arguments) {
        @SuppressWarnings("unchecked")
        RedisSerializer<T> asTheyCome = (RedisSerializer<T>) RedisSerializer.byteArray();
        return ask(redis -> redis.execute(script, RedisSerializer.byteArray(), asTheyCome, keys, arguments.toArray()));
    }

    private RedisTemplate<byte[], byte[]> template() {
        RedisTemplate<byte[], byte[]> known = template;
        if (known == null) {
            known = new RedisTemplate<>();
            known.setConnectionFactory(address.connections());
            known.setDefaultSerializer(RedisSerializer.byteArray());
            known.afterPropertiesSet();
            template = known;
        }
        return known;
    }

    @FunctionalInterface
    private interface Question<T> {
        @Nullable
        T put(RedisTemplate<byte[], byte[]> redis);
    }

    private static HashOperations<byte[], byte[], byte[]> hashes(RedisTemplate<byte[], byte[]> redis) {
        return redis.opsForHash();
    }

    /** Outside of pipelines, which are not used, these answers are never null. */
    private <T> T askFor(Question<T> question) {
        return Objects.requireNonNull(ask(question));
    }

    private <T> @Nullable T ask(Question<T> question) {
        try {
            return question.put(template());
        } catch (DataAccessException e) {
            throw new LeaderboardsStoreException("the leaderboards' Redis could not be asked", e);
        }
    }
}
