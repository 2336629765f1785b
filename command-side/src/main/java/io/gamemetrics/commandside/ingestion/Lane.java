package io.gamemetrics.commandside.ingestion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that decides for its share of the players, group by group. A group holds at most one command of a player,
 * so that each finds the state the one before has made durable. {@link #offer} may be called from any thread.
 */
final class Lane implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final long IDLE_MILLIS = 200;

    private final LaneSettings settings;
    private final LaneGroups groups;
    private final BlockingQueue<Task> queue;

    /** Taken from the queue, and waiting for a group without their player. */
    private final Deque<Task> deferred = new ArrayDeque<>();

    private volatile boolean closing;

    /**
     * A command and who waits for its result.
     *
     * @param stream the aggregate it is for
     * @param weight how many reported events it holds
     * @param alone whether it touches another aggregate, and is decided in a group of its own
     */
    record Task(
            CommandMessage<?> command,
            CommandCallback<Object, Object> callback,
            String stream,
            int weight,
            boolean alone) {}

    Lane(LaneSettings settings, LaneGroups groups) {
        this.settings = settings;
        this.groups = groups;
        this.queue = new ArrayBlockingQueue<>(settings.queuedCommands());
    }

    /** @return false when the lane is full or closing; the task was not taken */
    boolean offer(Task task) {
        return !closing && queue.offer(task);
    }

    /** Lets the lane end when everything it took is answered. */
    void close() {
        closing = true;
    }

    @Override
    public void run() {
        while (true) {
            try {
                if (deferred.isEmpty()) {
                    Task first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                    if (first == null) {
                        if (closing) {
                            return;
                        }
                        continue;
                    }
                    deferred.add(first);
                }
                groups.run(nextGroup());
            } catch (InterruptedException e) {
                // Only the end of the process interrupts a lane; what it took is still answered.
                closing = true;
            } catch (RuntimeException e) {
                // The group's callers have been answered; the lane goes on for the others.
                LOG.error("a lane's group failed: {}", e.getClass().getName());
            }
        }
    }

    private List<Task> nextGroup() {
        queue.drainTo(deferred, Math.max(0, settings.groupCommands() - deferred.size()));
        List<Task> group = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        int weight = 0;
        for (Iterator<Task> tasks = deferred.iterator(); tasks.hasNext(); ) {
            Task task = tasks.next();
            boolean fits = group.isEmpty() || (!task.alone() && weight + task.weight() <= settings.groupEvents());
            // Whoever has to wait makes later ones of the same player wait too.
            if (taken.add(task.stream()) && fits) {
                group.add(task);
                weight += task.weight();
                tasks.remove();
                if (task.alone()) {
                    break;
                }
            }
        }
        return group;
    }
}
