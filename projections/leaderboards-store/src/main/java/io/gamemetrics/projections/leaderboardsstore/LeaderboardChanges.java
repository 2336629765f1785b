package io.gamemetrics.projections.leaderboardsstore;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.SubscriptionListener;

/** Listens to the change notices of all games, of every version. Safe for concurrent use. */
public final class LeaderboardChanges {

    private final LeaderboardsRedis redis;

    public LeaderboardChanges(LeaderboardsRedis redis) {
        this.redis = redis;
    }

    /** Who listens; called on one thread, which it must not hold up. */
    public interface Listener {

        /** A board's lists have changed in one version of the read model. */
        void changed(int version, int gameNumber, ChangeNotice notice);

        /** Notices are heard from now on: at first, and each time a lost connection is back. Some may have been missed. */
        void listening();
    }

    /**
     * Begins to listen, on a connection of its own that comes back by itself.
     *
     * @return closes it
     * @throws LeaderboardsStoreException when Redis does not answer
     */
    public AutoCloseable listen(Listener listener) {
        try {
            RedisConnection connection = redis.connections().getConnection();
            connection.pSubscribe(new Ear(listener), ChangeNotice.pattern().getBytes(StandardCharsets.UTF_8));
            return connection;
        } catch (DataAccessException e) {
            throw new LeaderboardsStoreException("changes of leaderboards can't be listened to", e);
        }
    }

    private record Ear(Listener listener) implements MessageListener, SubscriptionListener {

        @Override
        public void onMessage(Message message, byte @Nullable [] pattern) {
            String channel = new String(message.getChannel(), StandardCharsets.UTF_8);
            listener.changed(
                    ChangeNotice.versionOf(channel),
                    ChangeNotice.gameOf(channel),
                    ChangeNotice.parse(new String(message.getBody(), StandardCharsets.UTF_8)));
        }

        @Override
        public void onPatternSubscribed(byte[] pattern, long count) {
            listener.listening();
        }
    }
}
