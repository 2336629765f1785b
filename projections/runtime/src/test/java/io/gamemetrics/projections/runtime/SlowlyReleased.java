package io.gamemetrics.projections.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A projection whose releases take their time, and which remembers what partition 1 wrote. */
final class SlowlyReleased extends HookedCounting {

    private static final Duration SLOW = Duration.ofMillis(250);

    final List<String> commits = new CopyOnWriteArrayList<>();

    SlowlyReleased(CountingStore store) {
        super(store);
    }

    @Override
    void around(Written written, Runnable commit) {
        if (!written.released().isEmpty()) {
            LockSupport.parkNanos(SLOW.toNanos());
        }
        commit.run();
        if (written.partition() == 1) {
            commits.add(written.released().isEmpty() ? "others" : "release");
        }
    }
}
