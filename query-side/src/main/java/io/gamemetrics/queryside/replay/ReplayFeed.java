package io.gamemetrics.queryside.replay;

import io.gamemetrics.infrastructure.replays.ReplaysException;
import io.gamemetrics.infrastructure.replays.Standings;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.subscriptions.FanOut;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * Tells subscribers how far replays are. Each replay somebody follows is looked at once for all who do, as often as it is
 * told; while nobody does, none is. A database that is away for a while is waited for. Safe for concurrent use.
 */
public final class ReplayFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayFeed.class);
    private static final long LOOK_MILLIS = 500;

    private final Standings standings;
    private final FanOut fanOut;
    private final Map<UUID, Set<Watcher>> watchers = new ConcurrentHashMap<>();
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    public ReplayFeed(Standings standings, FanOut fanOut) {
        this.standings = standings;
        this.fanOut = fanOut;
        this.thread = Thread.ofPlatform().name("replay-feed").daemon(true).unstarted(this::run);
        thread.start();
    }

    /** What follows a replay nobody knows. */
    static QueryRefused unknown() {
        return new QueryRefused(ErrorCode.NOT_FOUND, "There is no replay of this id.");
    }

    /** How far a replay is: now, whenever that changed, and for the last time when it is over. */
    Flux<SeenReplay> progress(UUID id) {
        return Flux.create(
                sink -> {
                    Watcher watcher = new Watcher(sink, new AtomicReference<>());
                    Thread joining = Thread.ofVirtual().start(() -> join(id, watcher));
                    sink.onDispose(() -> {
                        joining.interrupt();
                        leave(id, watcher);
                    });
                },
                // Only the latest is of use to who reads slowly.
                FluxSink.OverflowStrategy.LATEST);
    }

    private void join(UUID id, Watcher watcher) {
        try {
            if (standings.find(id).isEmpty()) {
                throw unknown();
            }
            watchers.compute(id, (key, all) -> {
                Set<Watcher> joined = all == null ? ConcurrentHashMap.newKeySet() : all;
                joined.add(watcher);
                return joined;
            });
            if (watcher.sink.isCancelled()) {
                // He left before he was in.
                leave(id, watcher);
            }
            news.release();
        } catch (RuntimeException | Error e) {
            if (!watcher.sink.isCancelled()) {
                watcher.sink.error(e);
            }
        }
    }

    private void leave(UUID id, Watcher watcher) {
        watchers.computeIfPresent(id, (key, all) -> {
            all.remove(watcher);
            return all.isEmpty() ? null : all;
        });
    }

    private void run() {
        try {
            while (!closed) {
                if (watchers.isEmpty()) {
                    news.acquire();
                } else if (news.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
                List.copyOf(watchers.keySet()).forEach(this::look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(UUID id) {
        try {
            standings
                    .find(id)
                    .map(SeenReplay::of)
                    .ifPresent(
                            seen -> fanOut.toEach(watchers.getOrDefault(id, Set.of()), watcher -> watcher.tell(seen)));
        } catch (ReplaysException e) {
            LOG.debug("replay {} can't be looked at; again soon", id, e);
        } catch (RuntimeException | Error e) {
            // This thread is all that those who follow have.
            LOG.warn("replay {} was not told to those who follow it; again soon", id, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** @param last what was told last */
    private record Watcher(FluxSink<SeenReplay> sink, AtomicReference<SeenReplay> last) {

        void tell(SeenReplay seen) {
            if (!seen.equals(last.getAndSet(seen))) {
                sink.next(seen);
            }
            if (seen.phase().isEnd()) {
                sink.complete();
            }
        }

        /** Two who see the same are two. */
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(sink);
        }
    }
}
