package io.gamemetrics.projections.livetailstore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events of a game that come one after the other in a partition and are one player's, or nobody's: one entry of the game's
 * stream. Never empty. Used by one thread.
 */
final class Run {

    /** Who reads one event of an entry reads all, and what is trimmed is whole entries. */
    static final int MOST_EVENTS = 50;

    private final Deque<LiveEvent> events = new ArrayDeque<>();

    Run(LiveEvent first) {
        events.add(first);
    }

    @Nullable
    UUID player() {
        return events.getFirst().player();
    }

    Iterable<LiveEvent> events() {
        return events;
    }

    int size() {
        return events.size();
    }

    /** The number of its first event. */
    long first() {
        return events.getFirst().position().number();
    }

    /** The number of its last event. */
    long last() {
        return events.getLast().position().number();
    }

    /** Takes the event that comes next, unless it is of another player or there are enough. */
    boolean extendedBy(LiveEvent next) {
        return events.size() < MOST_EVENTS && Objects.equals(player(), next.player()) && events.add(next);
    }

    /** Leaves out the first event, of several. */
    void dropFirst() {
        events.removeFirst();
    }
}
