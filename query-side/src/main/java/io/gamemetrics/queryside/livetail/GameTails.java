package io.gamemetrics.queryside.livetail;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who subscribed to which game, and up to where each game's subscribers have its events. A subscriber first enters, while
 * he may still be reading what was before, and then joins the others where they are. Safe for concurrent use.
 */
final class GameTails {

    static final String ANY_GAME = "*";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, Game> games = new HashMap<>();
    /** Up to where a game's events lie that may not have been read, by game; and up to where any game's may. */
    private final Map<Integer, Long> touched = new HashMap<>();

    private long touchedAny;
    private @Nullable Position through;
    /** Up to where the store is; before the subscribers where it lost what they had got. */
    private @Nullable Position stored;

    private static final class Game {
        private final Set<Tail> entered = new HashSet<>();
        private final Set<Tail> joined = new HashSet<>();
        private @Nullable Position through;
        /** Of a game that is new here, nobody has noted yet whether it was touched. */
        private boolean fresh = true;
    }

    /** What became of somebody who wants to join the others. */
    sealed interface Joining {

        /** He has joined, or left. */
        record Done() implements Joining {}

        /** First he has to read up to where the others are. */
        record Behind(Position others) implements Joining {}

        /** The others are in another life of the store. */
        record OtherLife() implements Joining {}

        /** Where the others are is not known, or the store has not got as far again. */
        record Unknown() implements Joining {}
    }

    void enter(int number, Tail tail) {
        lock.lock();
        try {
            Game game = games.computeIfAbsent(number, key -> new Game());
            if (game.through == null) {
                game.through = through;
            }
            game.entered.add(tail);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void leave(int number, Tail tail) {
        lock.lock();
        try {
            Game game = games.get(number);
            if (game != null) {
                game.entered.remove(tail);
                game.joined.remove(tail);
                if (game.entered.isEmpty()) {
                    games.remove(number);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is known where the game's subscribers are; false when it is not in time. */
    boolean awaitKnown(int number, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            Game game = games.get(number);
            while (game != null && !isKnown(game) && left > 0) {
                left = changed.awaitNanos(left);
                game = games.get(number);
            }
            return game == null || isKnown(game);
        } finally {
            lock.unlock();
        }
    }

    private boolean isKnown(Game game) {
        return game.through != null
                && stored != null
                && stored.incarnation() == game.through.incarnation()
                && stored.covers(game.through);
    }

    /**
     * The subscriber joins, if he is where the others are, or further.
     *
     * @param reached absent: wherever the others are
     */
    Joining joinAt(int number, Tail tail, @Nullable Position reached) {
        lock.lock();
        try {
            Game game = games.get(number);
            if (game == null || !game.entered.contains(tail)) {
                return new Joining.Done();
            }
            Position others = game.through;
            if (others == null || !isKnown(game)) {
                return new Joining.Unknown();
            }
            if (reached != null && reached.incarnation() != others.incarnation()) {
                return new Joining.OtherLife();
            }
            if (reached != null && reached.number() < others.number()) {
                return new Joining.Behind(others);
            }
            game.joined.add(tail);
            return new Joining.Done();
        } finally {
            lock.unlock();
        }
    }

    void awaitSomebody() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (games.isEmpty()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    List<Tail> everybody() {
        lock.lock();
        try {
            List<Tail> all = new ArrayList<>();
            games.values().forEach(game -> all.addAll(game.joined));
            return all;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Where nobody follows any more, what is known is forgotten, because it grows old; in one step with the look, so that
     * nobody comes in between.
     *
     * @return false when somebody follows, and nothing was forgotten
     */
    boolean rest() {
        lock.lock();
        try {
            if (!games.isEmpty()) {
                return false;
            }
            through = null;
            stored = null;
            touched.clear();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Up to where the store is now; absent while it is not known. */
    void storeIsAt(@Nullable Position position) {
        lock.lock();
        try {
            stored = position;
        } finally {
            lock.unlock();
        }
    }

    /** @param numbers of games, with commas; {@link #ANY_GAME} for any */
    void touched(String numbers, Position position) {
        lock.lock();
        try {
            if (numbers.equals(ANY_GAME)) {
                touchedAny = Math.max(touchedAny, position.number());
            } else if (!numbers.isEmpty()) {
                for (String number : numbers.split(",", -1)) {
                    touched.merge(Integer.valueOf(number), position.number(), Math::max);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The games that may have events up to {@code to} which their subscribers have not got, with where these are. */
    Map<Integer, Position> behind(Position to) {
        lock.lock();
        try {
            Map<Integer, Position> behind = new HashMap<>();
            games.forEach((number, game) -> {
                if (game.through != null && game.through.number() < to.number() && isTouched(number, game)) {
                    behind.put(number, game.through);
                }
            });
            return behind;
        } finally {
            lock.unlock();
        }
    }

    private boolean isTouched(int number, Game game) {
        long at = game.through == null ? 0 : game.through.number();
        return game.fresh || touchedAny > at || touched.getOrDefault(number, 0L) > at;
    }

    /** The game's subscribers get everything up to here now; these are they. */
    List<Tail> reach(int number, Position here) {
        lock.lock();
        try {
            Game game = games.get(number);
            if (game == null) {
                return List.of();
            }
            game.through = here;
            return List.copyOf(game.joined);
        } finally {
            lock.unlock();
        }
    }

    /** Games that {@link #behind} named are there; nothing happened in the others. */
    void reachAll(Position to, Set<Integer> read) {
        lock.lock();
        try {
            games.forEach((number, game) -> {
                if (game.through == null) {
                    game.through = to;
                } else if (read.contains(number)) {
                    game.fresh = false;
                } else if (game.through.number() < to.number() && !isTouched(number, game)) {
                    game.through = to;
                }
            });
            touched.values().removeIf(position -> position <= to.number());
            through = through == null || through.incarnation() != to.incarnation() || to.covers(through) ? to : through;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the positions are of another life of the store than those of the subscribers: these can't go on.
     *
     * @return who they are; they have to be told
     */
    List<Tail> endedBy(Position to) {
        lock.lock();
        try {
            List<Tail> ended = new ArrayList<>();
            games.values().forEach(game -> {
                if (game.through != null && game.through.incarnation() != to.incarnation()) {
                    ended.addAll(game.joined);
                    game.through = null;
                }
            });
            return ended;
        } finally {
            lock.unlock();
        }
    }
}
