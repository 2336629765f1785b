package io.gamemetrics.queryside.game;

import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.function.Predicate;

/**
 * Waits until the read models a query reads hold everything up to a position; those it does not read may lag. Works when
 * the game itself is quiet, because watermarks move a projection's position through quiet partitions too.
 */
public final class PositionWait {

    private final List<Waited> models;

    public PositionWait(List<ReadModel> models) {
        this.models = models.stream().map(Waited::new).toList();
    }

    /** All there are to wait for. */
    public List<ReadModel> models() {
        return models.stream().map(Waited::model).toList();
    }

    /**
     * Returns once every read model one of whose fields is selected is new enough.
     *
     * @param selected whether the query selects the field at this path below {@code Game}
     * @param deadlineNanos of {@link System#nanoTime}
     * @return whether there was any
     * @throws QueryRefused PROJECTION_BEHIND when the time is over first; POSITION_TOO_OLD at once when the position is
     *     of another life of the store
     */
    public boolean await(Predicate<String> selected, Position wanted, long deadlineNanos) {
        List<Waited> read = models.stream()
                .filter(waited -> waited.model().fields().stream().anyMatch(selected))
                .toList();
        read.forEach(waited -> await(waited, wanted, deadlineNanos));
        return !read.isEmpty();
    }

    private static void await(Waited waited, Position wanted, long deadlineNanos) {
        while (true) {
            Position position = waited.position();
            if (position != null && position.incarnation() != wanted.incarnation()) {
                throw new QueryRefused(
                        ErrorCode.POSITION_TOO_OLD,
                        "The position is of another life of the store: it was restored since.");
            }
            if (position != null && position.covers(wanted)) {
                return;
            }
            long leftMillis = (deadlineNanos - System.nanoTime()) / Waited.NANOS_PER_MILLI;
            if (leftMillis <= 0) {
                throw new QueryRefused(
                        ErrorCode.PROJECTION_BEHIND,
                        "The " + waited.model().name() + " have not come to the position yet; ask again.");
            }
            pause(Math.min(leftMillis, Waited.POLL_MILLIS));
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryRefused(ErrorCode.TIMEOUT, "It took too long; ask for less.");
        }
    }
}
