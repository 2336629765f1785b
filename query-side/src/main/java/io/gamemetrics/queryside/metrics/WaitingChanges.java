package io.gamemetrics.queryside.metrics;

import io.gamemetrics.projections.metricsstore.MetricsMove.Days;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes of games that wait until all partitions have come as far. Used by one thread at a time. */
final class WaitingChanges {

    /** Changes of a game that wait; with more, the last two become one. */
    private static final int MOST_WAITING = 16;

    private static final int ANY_GAME = 0;

    private final Map<Integer, List<Change>> waiting = new HashMap<>();

    /** A change of a game, at its partition's position. */
    private record Change(long position, Days days, boolean isAgain) {}

    /**
     * Changes of a game that wait no longer.
     *
     * @param isAgain whether one may be at a position somebody has seen before
     */
    record Due(Days days, boolean isAgain) {}

    /** @param isAgain whether somebody may have seen this position, but not this change */
    void add(int game, Position position, Days days, boolean isAgain) {
        List<Change> changes = waiting.computeIfAbsent(game, key -> new ArrayList<>());
        if (changes.size() < MOST_WAITING) {
            changes.add(new Change(position.number(), days, isAgain));
        } else {
            Change last = changes.removeLast();
            changes.add(new Change(
                    Math.max(last.position, position.number()), last.days.with(days), last.isAgain || isAgain));
        }
    }

    /** Any game may have changed, on any day. */
    void addToAny(Position position, boolean isAgain) {
        add(ANY_GAME, position, Days.ANY, isAgain);
    }

    /** Whether anything waits for no more than this. */
    boolean isDue(Position to) {
        return waiting.values().stream()
                .anyMatch(changes -> changes.stream().anyMatch(change -> change.position <= to.number()));
    }

    /** What any game may have changed up to here, which waits no longer; absent when there is nothing. */
    @Nullable
    Due takeAny(Position to) {
        return take(ANY_GAME, to);
    }

    /** Each game's changes up to here, which wait no longer. Games without are missing. */
    Map<Integer, Due> take(Position to) {
        Map<Integer, Due> taken = new HashMap<>();
        for (Integer game : List.copyOf(waiting.keySet())) {
            Due due = game == ANY_GAME ? null : take(game, to);
            if (due != null) {
                taken.put(game, due);
            }
        }
        return taken;
    }

    /** The game's changes up to here, which wait no longer; absent when there are none. */
    private @Nullable Due take(int game, Position to) {
        Due due = null;
        Iterator<Change> changes = waiting.getOrDefault(game, List.of()).iterator();
        while (changes.hasNext()) {
            Change change = changes.next();
            if (change.position <= to.number()) {
                due = due == null
                        ? new Due(change.days, change.isAgain)
                        : new Due(due.days.with(change.days), due.isAgain || change.isAgain);
                changes.remove();
            }
        }
        if (waiting.getOrDefault(game, List.of()).isEmpty()) {
            waiting.remove(game);
        }
        return due;
    }

    void clear() {
        waiting.clear();
    }
}
