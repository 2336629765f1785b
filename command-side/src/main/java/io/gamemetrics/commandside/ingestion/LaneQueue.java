package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.ingestion.Lane.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits at a lane, bounded, a line for each game. Games take turns, so that one that sends more than can be decided
 * waits for itself and not in the way of others. Tasks of one stream keep their order. Safe for concurrent use.
 */
final class LaneQueue {

    private final LaneSettings settings;
    private final FairShares shares;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Map<Integer, Line> byGame = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();

    /** Whose turn it is: an index of {@link #lines}. */
    private int turn;

    private boolean closed;

    /** A game's tasks, the oldest first. */
    private record Line(int game, Deque<Task> tasks) {}

    LaneQueue(LaneSettings settings) {
        this.settings = settings;
        this.shares = new FairShares(settings.queuedCommands());
    }

    /** @return false when the game has its share of what the lane takes, or the lane is closed; the task was not taken */
    boolean offer(Task task) {
        lock.lock();
        try {
            if (closed || !shares.take(task.game(), 1)) {
                return false;
            }
            byGame.computeIfAbsent(task.game(), this::newLine).tasks().add(task);
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Line newLine(int game) {
        Line line = new Line(game, new ArrayDeque<>());
        lines.add(line);
        return line;
    }

    /** Takes no more; what is there is still given out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the tasks to decide together next: at most one of each stream, and one that has to be alone alone.
     *
     * @return empty when there were none in that time; absent when there never will be again
     */
    @Nullable
    List<Task> nextGroup(long waitMillis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (lines.isEmpty() && !closed && left > 0) {
                left = filled.awaitNanos(left);
            }
            return lines.isEmpty() && closed ? null : new Group().fill();
        } finally {
            lock.unlock();
        }
    }

    /** A group that is being put together. */
    private final class Group {

        private final List<Task> tasks = new ArrayList<>();

        /** Streams that are in it, or whose oldest task has to wait: later ones of theirs wait too. */
        private final Set<String> streams = new HashSet<>();

        private int weight;
        private boolean full;

        /** The first line whose oldest task did not fit: its turn comes first, else it might never. */
        private int leftOut = -1;

        /** One of each game, and again, until nobody has more that fits. */
        List<Task> fill() {
            int count = lines.size();
            List<Iterator<Task>> unseen = new ArrayList<>(count);
            int[] looks = new int[count];
            for (int i = 0; i < count; i++) {
                unseen.add(lines.get((turn + i) % count).tasks().iterator());
            }
            int next = turn;
            int served = -1;
            while (served != 0 && !full) {
                served = 0;
                for (int i = 0; i < count && !full; i++) {
                    if (pick(unseen.get(i), looks, i)) {
                        served++;
                        next = (turn + i + 1) % count;
                    }
                }
            }
            turn = leftOut < 0 ? next : (turn + leftOut) % count;
            dropEmptyLines();
            return tasks;
        }

        /** Takes a line's first task that fits; false when it has none, or has been looked at for long enough. */
        private boolean pick(Iterator<Task> line, int[] looks, int which) {
            while (line.hasNext() && looks[which]++ < settings.groupCommands()) {
                Task task = line.next();
                if (!streams.add(task.stream())) {
                    continue;
                }
                boolean fits = tasks.isEmpty() || (!task.alone() && weight + task.weight() <= settings.groupEvents());
                if (!fits) {
                    // Nobody of the line overtakes it, else it would never fit.
                    looks[which] = settings.groupCommands();
                    leftOut = leftOut < 0 ? which : leftOut;
                    return false;
                }
                line.remove();
                tasks.add(task);
                weight += task.weight();
                full = task.alone() || tasks.size() == settings.groupCommands();
                shares.giveBack(task.game(), 1);
                return true;
            }
            return false;
        }

        private void dropEmptyLines() {
            int before = 0;
            for (int i = lines.size() - 1; i >= 0; i--) {
                Line line = lines.get(i);
                if (line.tasks().isEmpty()) {
                    lines.remove(i);
                    byGame.remove(line.game());
                    before += i < turn ? 1 : 0;
                }
            }
            turn = lines.isEmpty() ? 0 : (turn - before) % lines.size();
        }
    }
}
