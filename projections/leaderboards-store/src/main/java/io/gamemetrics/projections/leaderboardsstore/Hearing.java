package io.gamemetrics.projections.leaderboardsstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A connection on which change notices are heard. A loss that can be seen it makes good by itself. Whether it has died without a
 * word it is asked every now and then: without an answer it is closed and another one made, as often as it takes. Safe for
 * concurrent use.
 */
final class Hearing implements AutoCloseable {

    private final LeaderboardsRedis redis;
    private final Ear ear;
    private final Duration every;
    private final Duration answerWithin;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile StatefulRedisPubSubConnection<byte[], byte[]> connection;

    private Hearing(
            LeaderboardsRedis redis, LeaderboardChanges.Listener listener, Duration every, Duration answerWithin) {
        this.redis = redis;
        this.ear = new Ear(listener);
        this.every = every;
        this.answerWithin = answerWithin;
        this.connection = open();
    }

    /**
     * Begins.
     *
     * @param every how long after an answer it is asked again
     * @param answerWithin how long an answer is waited for
     * @throws LeaderboardsStoreException when Redis does not answer now
     */
    static Hearing begin(
            LeaderboardsRedis redis, LeaderboardChanges.Listener listener, Duration every, Duration answerWithin) {
        Hearing hearing = new Hearing(redis, listener, every, answerWithin);
        Thread.ofPlatform().name("leaderboards-hearing").daemon(true).start(hearing::run);
        return hearing;
    }

    private void run() {
        try {
            while (!closing.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
                if (!answers()) {
                    replace();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            connection.async().ping().get(answerWithin.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | RedisException e) {
            return false;
        }
    }

    private void replace() throws InterruptedException {
        close(connection);
        try {
            // The one for questions has most likely gone the same way, and who is told asks.
            redis.renewIfSilent(answerWithin);
            connection = open();
        } catch (LeaderboardsStoreException e) {
            // Redis is away, and this is tried again soon.
            return;
        }
        if (closing.getCount() == 0) {
            close(connection);
        }
    }

    private StatefulRedisPubSubConnection<byte[], byte[]> open() {
        StatefulRedisPubSubConnection<byte[], byte[]> fresh = redis.listening();
        fresh.addListener(ear);
        var unused = fresh.async().psubscribe(ChangeNotice.pattern().getBytes(UTF_8));
        return fresh;
    }

    @Override
    public void close() {
        closing.countDown();
        close(connection);
    }

    /** Without waiting: the other side may never answer. */
    private static void close(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        var unused = connection.closeAsync();
    }

    private static final class Ear extends RedisPubSubAdapter<byte[], byte[]> {

        private final LeaderboardChanges.Listener listener;

        Ear(LeaderboardChanges.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void message(byte[] pattern, byte[] channel, byte[] message) {
            String name = new String(channel, UTF_8);
            listener.changed(
                    ChangeNotice.versionOf(name),
                    ChangeNotice.gameOf(name),
                    ChangeNotice.parse(new String(message, UTF_8)));
        }

        @Override
        public void psubscribed(byte[] pattern, long count) {
            listener.listening();
        }
    }
}
