package io.gamemetrics.queryside.leaderboard;

import io.gamemetrics.projections.leaderboardsstore.ChangeNotice;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardChanges;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsReader;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsStoreException;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.subscriptions.FanOut;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * Tells subscribers that a board changed. One connection listens for all, from the first subscriber on. Notices get lost
 * with a connection: when it is back, everybody is told once. Safe for concurrent use.
 */
public final class LeaderboardFeed implements AutoCloseable {

    private static final long START_SECONDS = 10;

    private final LeaderboardChanges changes;
    private final IntSupplier version;
    private final LeaderboardsReader boards;
    private final FanOut fanOut;
    private final Map<Board, Set<FluxSink<LeaderboardChanged>>> watchers = new ConcurrentHashMap<>();
    private final Map<Board, Position> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger told = new AtomicInteger(1);
    private final AtomicBoolean busy = new AtomicBoolean();
    private final CountDownLatch listening = new CountDownLatch(1);
    private final ExecutorService telling = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("leaderboard-feed").daemon(true).factory());
    private @Nullable AutoCloseable connection;

    /** @param version which version of the boards is read: what others change is nobody's news */
    public LeaderboardFeed(LeaderboardChanges changes, LeaderboardsReader boards, IntSupplier version, FanOut fanOut) {
        this.version = version;
        this.changes = changes;
        this.boards = boards;
        this.fanOut = fanOut;
    }

    private record Board(int game, String id) {}

    /**
     * The board's changes from now on.
     *
     * @param game its number
     * @param after what was seen last: then the first notice comes at once; absent: only what comes
     */
    Flux<LeaderboardChanged> changes(int game, String boardId, @Nullable Position after) {
        Board board = new Board(game, boardId);
        return Flux.create(
                sink -> {
                    watchers.compute(board, (key, sinks) -> {
                        Set<FluxSink<LeaderboardChanged>> all = sinks == null ? ConcurrentHashMap.newKeySet() : sinks;
                        all.add(sink);
                        return all;
                    });
                    sink.onDispose(() -> leave(board, sink));
                    begin(board, sink, after != null);
                },
                FluxSink.OverflowStrategy.ERROR);
    }

    private void begin(Board board, FluxSink<LeaderboardChanged> sink, boolean tellAtOnce) {
        try {
            listen();
            if (!listening.await(START_SECONDS, TimeUnit.SECONDS)) {
                throw new QueryRefused(ErrorCode.UNAVAILABLE, "Leaderboards can't be listened to right now.");
            }
            if (tellAtOnce) {
                sink.next(new LeaderboardChanged(board.id, reached()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            sink.error(e);
        }
    }

    private synchronized void listen() {
        if (connection == null) {
            connection = changes.listen(new LeaderboardChanges.Listener() {
                @Override
                public void changed(int of, int game, ChangeNotice notice) {
                    int asked = version.getAsInt();
                    if (told.getAndSet(asked) != asked) {
                        // Another version may have something else in any board.
                        telling.execute(LeaderboardFeed.this::tellAll);
                    } else if (of == asked) {
                        heard(new Board(game, notice.boardId()), notice.position());
                    }
                }

                @Override
                public void listening() {
                    boolean again = listening.getCount() == 0;
                    listening.countDown();
                    if (again) {
                        telling.execute(LeaderboardFeed.this::tellAll);
                    }
                }
            });
        }
    }

    /** Notices that come while others are told become one. */
    private void heard(Board board, Position position) {
        if (watchers.containsKey(board)) {
            waiting.put(board, position);
            if (!busy.getAndSet(true)) {
                telling.execute(this::tellWaiting);
            }
        }
    }

    private void tellWaiting() {
        busy.set(false);
        for (Board board : List.copyOf(waiting.keySet())) {
            Position position = waiting.remove(board);
            if (position != null) {
                tell(board, position);
            }
        }
    }

    private void tellAll() {
        Position position = reached();
        watchers.keySet().forEach(board -> tell(board, position));
    }

    private void tell(Board board, @Nullable Position position) {
        LeaderboardChanged notice = new LeaderboardChanged(board.id, position);
        fanOut.toEach(watchers.getOrDefault(board, Set.of()), sink -> tell(sink, notice));
    }

    /** One subscriber's trouble is his own. */
    private static void tell(FluxSink<LeaderboardChanged> sink, LeaderboardChanged notice) {
        try {
            sink.next(notice);
        } catch (RuntimeException e) {
            sink.error(e);
        }
    }

    private @Nullable Position reached() {
        try {
            return boards.reached().map(LeaderboardsReader.Reached::position).orElse(null);
        } catch (LeaderboardsStoreException e) {
            return null;
        }
    }

    private void leave(Board board, FluxSink<LeaderboardChanged> sink) {
        watchers.computeIfPresent(board, (key, sinks) -> {
            sinks.remove(sink);
            return sinks.isEmpty() ? null : sinks;
        });
    }

    @Override
    public synchronized void close() {
        telling.shutdownNow();
        if (connection != null) {
            try {
                connection.close();
            } catch (Exception e) {
                throw new IllegalStateException("a connection to Redis could not be closed", e);
            }
        }
    }
}
