package io.gamemetrics.queryside.livetail;

import io.gamemetrics.infrastructure.readstore.RedisCheckpoints.Move;
import io.gamemetrics.projections.livetailstore.LiveTailReader;
import io.gamemetrics.projections.livetailstore.LiveTailReader.Following;
import io.gamemetrics.projections.livetailstore.LiveTailReader.Page;
import io.gamemetrics.projections.livetailstore.LiveTailStoreException;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.limits.Room;
import io.gamemetrics.queryside.livetail.GameTails.Joining;
import io.gamemetrics.queryside.subscriptions.FanOut;
import io.gamemetrics.queryside.subscriptions.FeedThread;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * Hands every game's events to those who subscribed to it. One thread reads for all of them, and only while there are
 * any: it waits for the projection's moves, and reads the games that moved up to where all partitions have come. Who
 * wants to know what was before reads that alone, and then joins exactly where the others are: nothing is lost in
 * between, and nothing comes twice. Safe for concurrent use.
 */
public final class LiveTailFeed implements AutoCloseable {

    private static final int PAGE_EVENTS = 1_000;
    /** Somebody who takes them slowly keeps so many in memory. */
    private static final int CATCH_UP_EVENTS = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration START = Duration.ofSeconds(10);

    private final LiveTailReader reader;
    private final FanOut fanOut;
    private final GameTails games = new GameTails();
    private final PartitionCheckpoints partitions = new PartitionCheckpoints();
    private final FeedThread thread;

    public LiveTailFeed(LiveTailReader reader, FanOut fanOut) {
        this.reader = reader;
        this.fanOut = fanOut;
        this.thread = FeedThread.start("live-tail-feed", LiveTailStoreException.class, this::follow);
    }

    /**
     * The game's events from now on, or from a position on.
     *
     * @param game its number
     * @param after what was seen last; absent: only what comes
     * @param room on the way to the subscriber: what was before is read no faster than he takes it
     * @return fails with {@link QueryRefused} POSITION_TOO_OLD where something after {@code after} is not kept any more
     */
    Flux<Notice> events(int game, @Nullable Position after, LiveFilter filter, int sampleMax, Room room) {
        return Flux.create(
                sink -> {
                    Tail tail = new Tail(after, filter, new Sampling(sampleMax, ThreadLocalRandom.current()), sink);
                    games.enter(game, tail);
                    Thread joining = Thread.ofVirtual().start(() -> join(game, tail, sink, room));
                    sink.onDispose(() -> {
                        joining.interrupt();
                        games.leave(game, tail);
                    });
                },
                FluxSink.OverflowStrategy.ERROR);
    }

    /** How many have joined; those that still read what was before do not count. */
    public int subscribers() {
        return games.everybody().size();
    }

    private void join(int game, Tail tail, FluxSink<Notice> sink, Room room) {
        try {
            Position reached = tail.after();
            Joining joining = games.joinAt(game, tail, reached);
            while (!(joining instanceof Joining.Done)) {
                reached = reached(game, tail, reached, joining, room);
                joining = games.joinAt(game, tail, reached);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            if (!sink.isCancelled()) {
                sink.error(e);
            }
        }
    }

    /** Up to where he has read after he did what kept him from joining. */
    private @Nullable Position reached(int game, Tail tail, @Nullable Position reached, Joining joining, Room room)
            throws InterruptedException {
        return switch (joining) {
            case Joining.Done() -> reached;
            case Joining.OtherLife() -> throw tooOld();
            case Joining.Unknown() -> {
                if (!games.awaitKnown(game, START)) {
                    throw new QueryRefused(ErrorCode.UNAVAILABLE, "The live tail can't be read right now.");
                }
                yield reached;
            }
            case Joining.Behind(Position others) -> {
                Page page = reader.page(game, Objects.requireNonNull(reached), others, CATCH_UP_EVENTS);
                if (!page.complete()) {
                    throw tooOld();
                }
                tail.catchUp(page.events(), room);
                yield page.through();
            }
        };
    }

    private static QueryRefused tooOld() {
        return new QueryRefused(
                ErrorCode.POSITION_TOO_OLD,
                "Events after the position are not kept any more; subscribe without a position.");
    }

    private void follow(FeedThread feed) throws InterruptedException {
        games.awaitSomebody();
        try (Following following = reader.follow()) {
            follow(feed, following);
        }
    }

    private void follow(FeedThread feed, Following following) {
        following.begin();
        lookUp();
        advance();
        long last = -1;
        while (!feed.isClosed() && !games.rest()) {
            List<Move> moves = following.next(PATIENCE);
            for (Move move : moves) {
                if (last >= 0 && move.number() != last + 1) {
                    lookUp();
                }
                last = move.number();
                partitions.moved(move.partition(), move.checkpoint());
                games.touched(move.touched(), move.checkpoint().position());
            }
            if (!moves.isEmpty()) {
                advance();
            }
        }
    }

    /** Where the partitions are now is asked: whatever moved unheard, any game may have events up to there. */
    private void lookUp() {
        partitions.areAt(reader.checkpoints());
        games.storeIsAt(null);
        partitions.all().forEach(at -> games.touched(GameTails.ANY_GAME, at.position()));
    }

    /** Up to where all partitions are now. */
    private void advance() {
        Position to = partitions.least(reader.partitions());
        games.storeIsAt(to);
        if (to == null) {
            return;
        }
        games.endedBy(to).forEach(tail -> tail.sink().error(tooOld()));
        Map<Integer, Position> allBehind = games.behind(to);
        for (Map.Entry<Integer, Position> behind : allBehind.entrySet()) {
            Position at = behind.getValue();
            while (at.number() < to.number()) {
                Page page = reader.page(behind.getKey(), at, to, PAGE_EVENTS);
                List<Tail> tails = games.reach(behind.getKey(), page.through());
                fanOut.toEach(tails, tail -> guarded(tail, () -> tail.take(page.events(), page.complete())));
                at = page.through();
            }
        }
        games.reachAll(to, allBehind.keySet());
        partitions
                .leastAsOf()
                .ifPresent(asOf -> fanOut.toEach(games.everybody(), tail -> guarded(tail, () -> tail.upTo(asOf))));
    }

    /** One subscriber's trouble is his own. */
    private static void guarded(Tail tail, Runnable hand) {
        try {
            hand.run();
        } catch (RuntimeException e) {
            tail.sink().error(e);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
