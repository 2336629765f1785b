package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendationsstore.Lead;
import io.gamemetrics.projections.recommendationsstore.LearningState;
import io.gamemetrics.projections.recommendationsstore.LearningState.Changes;
import io.gamemetrics.projections.recommendationsstore.PopularWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
     * While more players wait, so many times of what the last of them took is rest: who has just played is served all the
     * same, from their items, and whoever changes again meanwhile is made once. The processors are for who plays.
     */
    private static final int FOLDING_REST = 3;

    /** However long a round took: an erasure may be waiting for the next. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    /** What is popular is counted again when so many times of what counting took have gone by. */
    private static final int COUNTING_REST = 20;

    private final Lead lead;
    private final VectorRepair repair;
    private final PlayerFolding players;
    private final Learning learning;
    private final LearningSettings settings;
    private final LearningState state;
    private final PopularWriter popular;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread folds = new Thread(() -> run(this::fold, FOLDING_REST), "recommendations-players");
    private final Thread learns = new Thread(() -> run(this::learn, 0), "recommendations-learning");
    private final Map<Integer, Long> learnedAtNanos = new HashMap<>();
    private final Map<Integer, Counted> counted = new HashMap<>();
    private final Set<Integer> uncounted = new HashSet<>();
    private final Map<Integer, Long> seenChanges = new HashMap<>();
    private boolean hasBegun;
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
        this.popular = popular;
    }

    private record Counted(long atNanos, long tookNanos) {}

    /** One round; answers whether to begin the next at once. */
    private interface Round {
        boolean go();
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

    private void run(Round round, int rest) {
        Duration pause = Duration.ZERO;
        while (!await(pause)) {
            long begun = System.nanoTime();
            try {
                pause = round.go() ? rest(System.nanoTime() - begun, rest) : PAUSE;
            } catch (RuntimeException e) {
                LOG.warn("vectors are not kept up to date at the moment and will be", e);
                pause = AFTER_TROUBLE;
            }
        }
    }

    private static Duration rest(long tookNanos, int times) {
        return Duration.ofNanos(Math.min(LONGEST_REST.toNanos(), times * tookNanos));
    }

    private boolean fold() {
        boolean before = leads;
        boolean now = lead.take();
        if (now && !before) {
            repair.run();
        }
        leads = now;
        return now && players.step();
    }

    private boolean learn() {
        if (!leads) {
            return false;
        }
        count();
        for (Changes changes : state.changes()) {
            if (settings.isDue(changes, state.lastCost(changes.game()), since(learnedAtNanos.get(changes.game())))) {
                try {
                    learning.learn(changes.game());
                } finally {
                    learnedAtNanos.put(changes.game(), System.nanoTime());
                    // It takes away the changes by which counting would have known.
                    uncounted.add(changes.game());
                }
                return true;
            }
        }
        return false;
    }

    private void count() {
        if (!hasBegun) {
            uncounted.addAll(popular.games());
            hasBegun = true;
        }
        popular.lastChanges().forEach((game, change) -> {
            if (change > seenChanges.getOrDefault(game, 0L)) {
                uncounted.add(game);
                seenChanges.put(game, change);
            }
        });
        for (int game : List.copyOf(uncounted)) {
            Counted last = counted.get(game);
            if (last == null || System.nanoTime() - last.atNanos > COUNTING_REST * last.tookNanos) {
                long begun = System.nanoTime();
                popular.count(game);
                long ended = System.nanoTime();
                uncounted.remove(game);
                counted.put(game, new Counted(ended, ended - begun));
            }
        }
    }

    private static Duration since(@Nullable Long nanos) {
        return nanos == null ? Duration.ofDays(1) : Duration.ofNanos(System.nanoTime() - nanos);
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
