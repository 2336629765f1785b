package io.gamemetrics.queryside.metrics;

import io.gamemetrics.projections.metricsstore.MetricsChanges;
import io.gamemetrics.projections.metricsstore.MetricsChanges.Following;
import io.gamemetrics.projections.metricsstore.MetricsMove;
import io.gamemetrics.projections.metricsstore.MetricsStoreException;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.metrics.MetricsWatchers.Telling;
import io.gamemetrics.queryside.metrics.MetricsWatchers.Watcher;
import io.gamemetrics.queryside.subscriptions.FanOut;
import io.gamemetrics.queryside.subscriptions.FeedThread;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * Tells subscribers that a game's numbers changed. One connection listens for all, and only while there are any. A notice
 * waits until all partitions are as far, so that its position is one to come back with: whatever changes later has a
 * greater one, but for what is released from quarantine, of which those are told too who come back with the same. Safe for
 * concurrent use.
 */
public final class MetricsFeed implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration START = Duration.ofSeconds(10);
    private static final int LOOKUPS_AT_ONCE = 4;

    private final MetricsChanges changes;
    private final FanOut fanOut;
    /** All who lost their connection together come back together; each would open one to the database. */
    private final Semaphore lookups = new Semaphore(LOOKUPS_AT_ONCE);

    private final MetricsWatchers watchers = new MetricsWatchers();
    private final FeedThread thread;
    /** Readers ask another version than the one it followed. Used by its thread. */
    private boolean isSwitched;

    public MetricsFeed(MetricsChanges changes, FanOut fanOut) {
        this.changes = changes;
        this.fanOut = fanOut;
        this.thread = FeedThread.start("metrics-feed", MetricsStoreException.class, this::follow);
    }

    /**
     * The game's changes from now on, and one notice at once if there were any since a position.
     *
     * @param game its number
     * @param after what was seen last; absent: only what comes
     */
    Flux<MetricsChanged> changes(int game, @Nullable Position after) {
        return Flux.create(
                sink -> {
                    Watcher watcher = new Watcher(after, sink);
                    Thread joining = Thread.ofVirtual().start(() -> join(game, watcher));
                    sink.onDispose(() -> {
                        joining.interrupt();
                        watchers.leave(game, watcher);
                    });
                },
                FluxSink.OverflowStrategy.ERROR);
    }

    /** He is told what changes from the moment he joins, so that nothing is lost while it is looked up what was before. */
    private void join(int game, Watcher watcher) {
        watchers.beginJoining();
        try {
            Position joined = null;
            while (joined == null) {
                if (watchers.awaitThrough(START) == null) {
                    // Where the store says itself what it lacks, that is the better answer.
                    look(() -> changes.lastChanges(game));
                    throw new QueryRefused(ErrorCode.UNAVAILABLE, "The numbers can't be read right now.");
                }
                joined = watchers.join(game, watcher);
            }
            if (watcher.after() != null) {
                watchers.tellMissed(game, watcher, changesSince(watcher.after(), joined, game));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            if (!watcher.sink().isCancelled()) {
                watcher.sink().error(e);
            }
        } finally {
            watchers.endJoining();
            if (watcher.sink().isCancelled()) {
                // He left, perhaps before he was in.
                watchers.leave(game, watcher);
            }
        }
    }

    private List<Position> changesSince(Position after, Position now, int game) throws InterruptedException {
        if (after.incarnation() != now.incarnation()) {
            throw tooOld();
        }
        return look(() -> changes.changesSince(game, after));
    }

    private <T> T look(Supplier<T> lookup) throws InterruptedException {
        lookups.acquire();
        try {
            return lookup.get();
        } finally {
            lookups.release();
        }
    }

    private static QueryRefused tooOld() {
        return new QueryRefused(
                ErrorCode.POSITION_TOO_OLD, "The position is of another life of the store: it was restored since.");
    }

    private void follow(FeedThread feed) throws InterruptedException {
        watchers.awaitSomebody();
        try (Following following = changes.follow()) {
            follow(feed, following);
            isSwitched = !following.isCurrent();
        }
    }

    private void follow(FeedThread feed, Following following) {
        Position before = watchers.through();
        Map<Integer, Position> now = following.positions();
        watchers.areAt(now);
        if (isSwitched) {
            // Any number of any game may be another one now.
            now.values().stream()
                    .min(Comparator.comparingLong(Position::number))
                    .ifPresent(here -> watchers.games().forEach(game -> watchers.mayHaveChanged(game, here)));
        }
        if (before != null) {
            watchers.games().forEach(game -> changes.changesSince(game, before)
                    .forEach(last -> watchers.mayHaveChanged(game, last)));
        }
        tell();
        while (!feed.isClosed() && following.isCurrent() && !watchers.rest()) {
            for (MetricsMove move : following.next(PATIENCE)) {
                watchers.moved(move);
            }
            tell();
        }
    }

    private void tell() {
        watchers.ended().forEach(watcher -> watcher.sink().error(tooOld()));
        watchers.advance(changes.partitions())
                .forEach(telling -> fanOut.toEach(telling.watchers(), watcher -> tell(watcher, telling)));
    }

    /** One subscriber's trouble is his own. */
    private static void tell(Watcher watcher, Telling telling) {
        try {
            telling.tell(watcher);
        } catch (RuntimeException e) {
            watcher.sink().error(e);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
