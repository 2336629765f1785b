package io.gamemetrics.commandside.ingestion;

import java.util.List;
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

    private final LaneGroups groups;
    private final LaneQueue queue;

    /**
     * A command and who waits for its result.
     *
     * @param game whose share of the lane it takes; a number of the vault, or 0 for what no game's sender caused
     * @param stream the aggregate it is for
     * @param weight how many reported events it holds
     * @param alone whether it touches another aggregate, and is decided in a group of its own
     */
    record Task(
            CommandMessage<?> command,
            CommandCallback<Object, Object> callback,
            int game,
            String stream,
            int weight,
            boolean alone) {}

    Lane(LaneSettings settings, LaneGroups groups) {
        this.groups = groups;
        this.queue = new LaneQueue(settings);
    }

    /** @return false when the lane is full for this game, or closing; the task was not taken */
    boolean offer(Task task) {
        return queue.offer(task);
    }

    /** Lets the lane end when everything it took is answered. */
    void close() {
        queue.close();
    }

    @Override
    public void run() {
        while (true) {
            try {
                List<Task> group = queue.nextGroup(IDLE_MILLIS);
                if (group == null) {
                    return;
                }
                if (!group.isEmpty()) {
                    groups.run(group);
                }
            } catch (InterruptedException e) {
                // Only the end of the process interrupts a lane; what it took is still answered.
                queue.close();
            } catch (RuntimeException e) {
                // The group's callers have been answered; the lane goes on for the others.
                LOG.error("a lane's group failed: {}", e.getClass().getName());
            }
        }
    }
}
