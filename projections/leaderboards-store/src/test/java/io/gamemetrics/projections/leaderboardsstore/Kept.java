package io.gamemetrics.projections.leaderboardsstore;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Keys as a replica has them that receives nothing more. */
final class Kept {

    private final Redis redis;
    private final String pattern;
    private final Map<String, byte[]> values = new HashMap<>();

    /** @param pattern of the keys on one node */
    Kept(Redis redis, String pattern) {
        this.redis = redis;
        this.pattern = pattern;
        redis.onConnection(connection -> AllKeys.forEach(
                connection,
                pattern,
                key -> values.put(
                        Bytes.text(key),
                        Objects.requireNonNull(connection.keyCommands().dump(key)))));
    }

    /** It is the node from now on. */
    void takesOver() {
        redis.onConnection(connection -> {
            AllKeys.forEach(connection, pattern, key -> connection.keyCommands().del(key));
            values.forEach((key, value) -> connection.keyCommands().restore(Bytes.of(key), 0, value, true));
        });
    }
}
