package io.gamemetrics.projections.leaderboardsstore;

import java.time.Duration;

/** Listens to the change notices of all games, of every version. Safe for concurrent use. */
public final class LeaderboardChanges {

    /** A connection that died without a word is found out after these two at most. */
    private static final Duration ASKED_EVERY = Duration.ofSeconds(2);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

    private final LeaderboardsRedis redis;

    public LeaderboardChanges(LeaderboardsRedis redis) {
        this.redis = redis;
    }

    /** Who listens; called on one thread at a time, which it must not hold up. */
    public interface Listener {

        /** A board's lists have changed in one version of the read model. */
        void changed(int version, int gameNumber, ChangeNotice notice);

        /** Notices are heard from now on: at first, and each time a lost connection is back. Some may have been missed. */
        void listening();
    }

    /**
     * Begins to listen, on a connection of its own that comes back by itself, also when it died without a word.
     *
     * @return closes it
     * @throws LeaderboardsStoreException when Redis does not answer
     */
    public AutoCloseable listen(Listener listener) {
        return Hearing.begin(redis, listener, ASKED_EVERY, ANSWER_WITHIN);
    }
}
