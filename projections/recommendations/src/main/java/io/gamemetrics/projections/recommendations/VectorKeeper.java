package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendations.PlayerFolding.Left;
import io.gamemetrics.projections.recommendationsstore.Lead;
import io.gamemetrics.projections.recommendationsstore.LearningState;
import io.gamemetrics.projections.recommendationsstore.LearningState.Changes;
import io.gamemetrics.projections.recommendationsstore.PopularWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps vectors and popular lists up to date while the process runs, in two threads: one for players, who must not wait,
 * and one of low priority that learns. Of several processes one does it, the one with the {@link Lead}. What fails is
 * tried again.
 */
final class VectorKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VectorKeeper.class);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);

    /**
     * So many times of what a round took is rest: who has just played is served all the same, from their items, and whoever
     * changes again meanwhile is made once. The processors are for who plays.
     */
    private static final int REST = 20;

    /** While players are on their way to another version, which the next training waits for, and so may an erasure. */
    private static final int REST_OF_REBUILD = 3;

    /** However long a round took: an erasure may be waiting for the next. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    private final Lead lead;
    private final VectorRepair repair;
    private final PlayerFolding players;
    private final Learning learning;
    private final LearningSettings settings;
    private final LearningState state;
    private final PopularCounting popular;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread folds = new Thread(() -> run(this::fold), "recommendations-players");
    private final Thread learns = new Thread(() -> run(this::learn), "recommendations-learning");
    private final Map<Integer, Learned> learned = new HashMap<>();
    private volatile boolean leads;

    VectorKeeper(
            Lead lead,
            VectorRepair repair,
            PlayerFolding players,
            Learning learning,
            LearningSettings settings,
            LearningState state,
            PopularWriter popular) {
        this.lead = lead;
        this.repair = repair;
        this.players = players;
        this.learning = learning;
        this.settings = settings;
        this.state = state;
        this.popular = new PopularCounting(popular);
    }

    private record Learned(long atNanos, long tookNanos) {}

    /** One round; answers how long to rest before the next. */
    private interface Round {
        Duration go();
    }

    /** What bounds learning is that it rests; the priority only helps where the system heeds it. */
    @SuppressWarnings("ThreadPriorityCheck")
    void start() {
        folds.setDaemon(true);
        learns.setDaemon(true);
        learns.setPriority(Thread.MIN_PRIORITY);
        folds.start();
        learns.start();
    }

    private void run(Round round) {
        Duration pause = Duration.ZERO;
        while (!await(pause)) {
            try {
                pause = round.go();
            } catch (RuntimeException e) {
                LOG.warn("vectors are not kept up to date at the moment and will be", e);
                pause = AFTER_TROUBLE;
            }
        }
    }

    /**
     * How long to rest between two rounds for players.
     *
     * @param took the one before
     * @param left after it
     */
    static Duration rest(Duration took, Left left) {
        int times = left == Left.REBUILD ? REST_OF_REBUILD : REST;
        Duration least = left == Left.NOTHING ? PAUSE : Duration.ZERO;
        return Duration.ofNanos(Math.clamp(times * took.toNanos(), least.toNanos(), LONGEST_REST.toNanos()));
    }

    private Duration fold() {
        boolean before = leads;
        boolean now = lead.take();
        if (now && !before) {
            repair.run();
        }
        leads = now;
        if (!now) {
            return PAUSE;
        }
        long begun = System.nanoTime();
        Left left = players.step();
        return rest(Duration.ofNanos(System.nanoTime() - begun), left);
    }

    private Duration learn() {
        if (!leads) {
            return PAUSE;
        }
        List<Changes> all = state.changes();
        popular.step(all);
        for (Changes changes : inTurn(all, this::endedNanos)) {
            int game = changes.game();
            // Else players would never get there where somebody is erased again and again.
            if (!players.isRebuilding(game) && settings.isDue(changes, state.lastCost(game), last(game), all.size())) {
                long begun = System.nanoTime();
                try {
                    // It takes away the changes by which counting would have known, also those that came since it
                    // looked.
                    learning.learn(game, seen -> popular.changed(game, seen.erased()));
                } finally {
                    long ended = System.nanoTime();
                    learned.put(game, new Learned(ended, ended - begun));
                }
                return Duration.ZERO;
            }
        }
        return PAUSE;
    }

    /**
     * Whose training ended longest ago comes first: else games that take long would be at it again and again before one with
     * a higher number ever was.
     *
     * @param endedNanos when a game's last training ended
     */
    static List<Changes> inTurn(List<Changes> all, IntToLongFunction endedNanos) {
        return all.stream()
                .sorted(Comparator.comparingLong(changes -> endedNanos.applyAsLong(changes.game())))
                .toList();
    }

    private long endedNanos(int game) {
        Learned last = learned.get(game);
        return last == null ? Long.MIN_VALUE : last.atNanos;
    }

    private LearningSettings.Last last(int game) {
        Learned last = learned.get(game);
        return last == null
                ? LearningSettings.Last.NONE
                : new LearningSettings.Last(
                        Duration.ofNanos(last.tookNanos + players.rebuildNanos(game)),
                        Duration.ofNanos(System.nanoTime() - last.atNanos));
    }

    private boolean await(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Waits for what is being written; a training that is at it is let go and begun anew another time. */
    @Override
    public void close() {
        closed.countDown();
        try {
            folds.join(Duration.ofSeconds(10));
            learns.interrupt();
            learns.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lead.close();
    }
}
