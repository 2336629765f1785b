package io.gamemetrics.projections.leaderboardsstore;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.script.RedisScript;

/** The real Redis, and a process that ends, or is held up, before or after any of its scripts. */
final class FailingRedis extends Redis {

    private int scripts = -1;
    private boolean isDone;
    private @Nullable Runnable meanwhile;
    private Runnable between = () -> {};

    FailingRedis(LeaderboardsRedis address) {
        this(address, 1);
    }

    FailingRedis(LeaderboardsRedis address, int version) {
        super(address, version);
    }

    /** @param done whether the last script is carried out and only its answer gets lost */
    void failAfter(int count, boolean done) {
        scripts = count;
        isDone = done;
    }

    void meanwhile(int count, Runnable what) {
        scripts = count;
        meanwhile = what;
    }

    /** Whether what was to be done meanwhile is done. */
    boolean isMeanwhileDone() {
        return meanwhile == null;
    }

    /** What is done before every script; it may throw. */
    void between(Runnable what) {
        between = what;
    }

    void heal() {
        scripts = -1;
        meanwhile = null;
    }

    @Override
    <T> @Nullable T run(RedisScript<T> script, List<byte[]> keys, List<byte[]> arguments) {
        between.run();
        if (scripts != 0) {
            scripts = Math.max(-1, scripts - 1);
            return super.run(script, keys, arguments);
        }
        scripts = -1;
        Runnable other = meanwhile;
        if (other != null) {
            meanwhile = null;
            other.run();
            return super.run(script, keys, arguments);
        }
        if (isDone) {
            super.run(script, keys, arguments);
        }
        throw new LeaderboardsStoreException("the process has ended here");
    }
}
