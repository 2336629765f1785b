package io.gamemetrics.projections.livetailstore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** The latest events of a game in a batch, in order: of a long batch only what would be kept is sent. Used by one thread. */
final class LatestRuns {

    private final int kept;
    private final Deque<Run> runs = new ArrayDeque<>();
    private int events;
    private long droppedThrough;

    /** @param kept how many events at most */
    LatestRuns(int kept) {
        this.kept = kept;
    }

    /** @param event later than all added before */
    void add(LiveEvent event) {
        Run newest = runs.peekLast();
        if (newest == null || !newest.extendedBy(event)) {
            runs.addLast(new Run(event));
        }
        events++;
        if (events > kept) {
            droppedThrough = runs.getFirst().first();
            dropFirst();
        }
    }

    /** The number of the last event that was left out because there were too many; 0 when none was. */
    long droppedThrough() {
        return droppedThrough;
    }

    void drop(UUID player) {
        runs.removeIf(run -> player.equals(run.player()));
        events = runs.stream().mapToInt(Run::size).sum();
    }

    /** Leaves out the events up to this number. */
    void dropThrough(long number) {
        while (!runs.isEmpty() && runs.getFirst().first() <= number) {
            dropFirst();
        }
    }

    private void dropFirst() {
        Run oldest = runs.getFirst();
        if (oldest.size() == 1) {
            runs.removeFirst();
        } else {
            oldest.dropFirst();
        }
        events--;
    }

    /** The first runs, about so many events and one run or more; none when there are none. */
    List<Run> first(int about) {
        List<Run> first = new ArrayList<>();
        int together = 0;
        for (Run run : runs) {
            if (together >= about) {
                break;
            }
            first.add(run);
            together += run.size();
        }
        return first;
    }
}
