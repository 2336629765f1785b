package io.gamemetrics.commandside.game;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.EventStoreException;
import io.gamemetrics.infrastructure.eventstore.Moments.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers when each key was last used: here at once, and once a period, all keys used since in one statement, in the
 * store, where other replicas and later starts find it. Who dies forgets at most one period. Safe for concurrent use.
 */
public final class KeyUses implements AutoCloseable {

    /** Between two writes of the same key. */
    public static final Duration PERIOD = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(KeyUses.class);
    private static final String PREFIX = "key:";

    private final EventStore store;
    private final Duration period;
    private final Map<Key, Instant> unwritten = new ConcurrentHashMap<>();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("key-uses").factory());

    private record Key(int gameNumber, String keyId) {}

    public KeyUses(EventStore store, Duration period) {
        this.store = store;
        this.period = period;
    }

    public void start() {
        var _ = rounds.scheduleAtFixedRate(this::round, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    void used(int gameNumber, String keyId, Instant at) {
        unwritten.merge(new Key(gameNumber, keyId), at, KeyUses::later);
    }

    /** When each of the game's keys was last used, by key id; one that never was is absent. */
    Map<String, Instant> of(int gameNumber) {
        Map<String, Instant> uses = new HashMap<>();
        store.moments().of(gameNumber).forEach((name, at) -> {
            if (name.startsWith(PREFIX)) {
                uses.put(name.substring(PREFIX.length()), at);
            }
        });
        unwritten.forEach((key, at) -> {
            if (key.gameNumber() == gameNumber) {
                uses.merge(key.keyId(), at, KeyUses::later);
            }
        });
        return uses;
    }

    /**
     * Writes what is not written yet.
     *
     * @return how many keys it wrote
     */
    int write() {
        List<Moment> moments = new ArrayList<>();
        Map<Key, Instant> taken = Map.copyOf(unwritten);
        taken.forEach((key, at) -> moments.add(new Moment(key.gameNumber(), PREFIX + key.keyId(), at)));
        store.moments().remember(moments);
        // A key that was used in the meantime stays, with its later moment.
        taken.forEach(unwritten::remove);
        return moments.size();
    }

    private void round() {
        try {
            write();
        } catch (EventStoreException e) {
            LOG.warn("the last uses of keys are not written yet: {}", e.getMessage());
        } catch (RuntimeException e) {
            // A thrown exception would end all later rounds.
            LOG.warn(
                    "the last uses of keys are not written yet: {}",
                    e.getClass().getSimpleName());
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Writes a last time. */
    @Override
    public void close() {
        rounds.close();
        round();
    }
}
