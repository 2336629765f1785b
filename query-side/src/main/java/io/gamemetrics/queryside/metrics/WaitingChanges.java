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
    private record Change(long position, Days days) {}

    void add(int game, Position position, Days days) {
        List<Change> changes = waiting.computeIfAbsent(game, key -> new ArrayList<>());
        if (changes.size() < MOST_WAITING) {
            changes.add(new Change(position.number(), days));
        } else {
            Change last = changes.removeLast();
            changes.add(new Change(Math.max(last.position, position.number()), last.days.with(days)));
        }
    }

    /** Any game may have changed, on any day. */
    void addToAny(Position position) {
        add(ANY_GAME, position, Days.ANY);
    }

    /** Whether any game may have changed up to here; such changes wait no longer. */
    boolean takeAny(Position to) {
        return take(ANY_GAME, to) != null;
    }

    /** The days of each game's changes up to here, which wait no longer. Games without are missing. */
    Map<Integer, Days> take(Position to) {
        Map<Integer, Days> taken = new HashMap<>();
        for (Integer game : List.copyOf(waiting.keySet())) {
            Days days = game == ANY_GAME ? null : take(game, to);
            if (days != null) {
                taken.put(game, days);
            }
        }
        return taken;
    }

    /** The days of the game's changes up to here, which wait no longer; absent when there are none. */
    private @Nullable Days take(int game, Position to) {
        Days days = null;
        Iterator<Change> changes = waiting.getOrDefault(game, List.of()).iterator();
        while (changes.hasNext()) {
            Change change = changes.next();
            if (change.position <= to.number()) {
                days = days == null ? change.days : days.with(change.days);
                changes.remove();
            }
        }
        if (waiting.getOrDefault(game, List.of()).isEmpty()) {
            waiting.remove(game);
        }
        return days;
    }

    void clear() {
        waiting.clear();
    }
}
