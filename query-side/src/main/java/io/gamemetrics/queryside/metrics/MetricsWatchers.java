package io.gamemetrics.queryside.metrics;

import io.gamemetrics.projections.metricsstore.MetricsMove;
import io.gamemetrics.projections.metricsstore.MetricsMove.Days;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

/**
 * Who waits for changes of which game, and which changes wait until all partitions have come as far. Safe for concurrent
 * use.
 */
final class MetricsWatchers {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, Set<Watcher>> games = new HashMap<>();
    private final Map<Integer, Position> positions = new HashMap<>();
    private final WaitingChanges waiting = new WaitingChanges();
    private int joining;
    private @Nullable Position through;

    /** @param after notices up to here are not wanted */
    record Watcher(@Nullable Position after, FluxSink<MetricsChanged> sink) {

        /** @param isAgain whether he may have seen the position, but not this */
        void tell(MetricsChanged notice, boolean isAgain) {
            long seen = after == null ? -1 : after.number();
            if (notice.position().number() > seen
                    || (isAgain && notice.position().number() == seen)) {
                sink.next(notice);
            }
        }
    }

    /** Who is to be told what, and whether some may have seen the position, but not this. */
    record Telling(List<Watcher> watchers, MetricsChanged notice, boolean isAgain) {

        void tell(Watcher watcher) {
            watcher.tell(notice, isAgain);
        }
    }

    /** Somebody is on his way in: whoever he finds here may leave meanwhile, and all is to go on for him. */
    void beginJoining() {
        lock.lock();
        try {
            joining++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** He is in, or will not come. */
    void endJoining() {
        lock.lock();
        try {
            joining--;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Is told of every change from now on.
     *
     * @return up to where all partitions are; absent when that is not known any more, and the watcher did not join
     */
    @Nullable
    Position join(int game, Watcher watcher) {
        lock.lock();
        try {
            if (through != null) {
                games.computeIfAbsent(game, key -> new HashSet<>()).add(watcher);
            }
            return through;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells one who joined that there were changes before: now, or when all partitions have come as far. A partition that is
     * ahead may have committed them before anybody listened.
     *
     * @param changes where they are
     */
    void tellMissed(int game, Watcher watcher, Collection<Position> changes) {
        lock.lock();
        try {
            Position here = through;
            boolean reached = false;
            for (Position change : changes) {
                if (here != null && here.incarnation() == change.incarnation() && here.covers(change)) {
                    reached = true;
                } else {
                    waiting.add(game, change, Days.ANY, true);
                }
            }
            if (here != null && reached) {
                watcher.tell(MetricsChanged.on(here, Days.ANY), true);
            }
        } finally {
            lock.unlock();
        }
    }

    void leave(int game, Watcher watcher) {
        lock.lock();
        try {
            Set<Watcher> watchers = games.get(game);
            if (watchers != null) {
                watchers.remove(watcher);
                if (watchers.isEmpty()) {
                    games.remove(game);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Up to where all partitions are; absent when that is not known in time. */
    @Nullable
    Position awaitThrough(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (through == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            return through;
        } finally {
            lock.unlock();
        }
    }

    void awaitSomebody() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isNobody()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isNobody() {
        return joining == 0 && games.isEmpty();
    }

    Set<Integer> games() {
        lock.lock();
        try {
            return Set.copyOf(games.keySet());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Where nobody follows any more, what is known is forgotten, because it grows old. In one step with the look: who came
     * in between would go on from what was known before, and nobody would tell him what changed until it is known again.
     *
     * @return false when somebody follows, and nothing was forgotten
     */
    boolean rest() {
        lock.lock();
        try {
            if (!isNobody()) {
                return false;
            }
            through = null;
            positions.clear();
            waiting.clear();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Where the partitions are now, whatever was known of them before. */
    void areAt(Map<Integer, Position> all) {
        lock.lock();
        try {
            positions.clear();
            positions.putAll(all);
        } finally {
            lock.unlock();
        }
    }

    void moved(MetricsMove move) {
        lock.lock();
        try {
            // What is released from quarantine does not move it.
            boolean isAgain = move.position().equals(positions.put(move.partition(), move.position()));
            if (move.anyGame()) {
                waiting.addToAny(move.position(), isAgain);
            }
            move.games().forEach((game, days) -> waiting.add(game, move.position(), days, isAgain));
        } finally {
            lock.unlock();
        }
    }

    /** Something of the game may have changed up to here. */
    void mayHaveChanged(int game, Position position) {
        lock.lock();
        try {
            waiting.add(game, position, Days.ANY, true);
        } finally {
            lock.unlock();
        }
    }

    /** Goes on to where all partitions are, and says who has to be told of what happened up to there. */
    List<Telling> advance(int partitions) {
        lock.lock();
        try {
            Position to = positions.size() < partitions ? null : least();
            if (to == null || (to.equals(through) && !waiting.isDue(to))) {
                return List.of();
            }
            through = to;
            changed.signalAll();
            return tellings(to);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Position least() {
        return positions.values().stream()
                .min(Comparator.comparingLong(Position::incarnation).thenComparingLong(Position::number))
                .orElse(null);
    }

    private List<Telling> tellings(Position to) {
        WaitingChanges.Due any = waiting.takeAny(to);
        Map<Integer, WaitingChanges.Due> changes = waiting.take(to);
        List<Telling> tellings = new ArrayList<>();
        if (any != null) {
            boolean isAgain = any.isAgain() || changes.values().stream().anyMatch(WaitingChanges.Due::isAgain);
            games.keySet().forEach(game -> add(tellings, game, MetricsChanged.on(to, Days.ANY), isAgain));
        } else {
            changes.forEach((game, due) -> add(tellings, game, MetricsChanged.on(to, due.days()), due.isAgain()));
        }
        return tellings;
    }

    private void add(List<Telling> tellings, int game, MetricsChanged notice, boolean isAgain) {
        Set<Watcher> watchers = games.getOrDefault(game, Set.of());
        if (!watchers.isEmpty()) {
            tellings.add(new Telling(List.copyOf(watchers), notice, isAgain));
        }
    }

    /** Those of an earlier life of the store than the partitions are in, who can't go on: they have to be told. */
    List<Watcher> ended() {
        lock.lock();
        try {
            Position to = least();
            if (to == null || through == null || to.incarnation() == through.incarnation()) {
                return List.of();
            }
            // Whoever joins waits until it is known where all are in this life.
            through = null;
            waiting.clear();
            List<Watcher> ended = new ArrayList<>();
            games.values().forEach(ended::addAll);
            return ended;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Position through() {
        lock.lock();
        try {
            return through;
        } finally {
            lock.unlock();
        }
    }
}
