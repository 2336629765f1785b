package io.gamemetrics.projections.runtime;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One piece of work at a time, on a thread of its own, for what would hold a supervisor up. Used by that supervisor. */
final class Background implements AutoCloseable {

    private static final Duration END = Duration.ofSeconds(5);

    private final String name;
    private @Nullable Thread thread;
    private @Nullable UUID replay;

    /** @param name of the thread */
    Background(String name) {
        this.name = name;
    }

    boolean isBusy() {
        return thread != null && thread.isAlive();
    }

    /** Begins it, unless something else is not done yet. It handles its own failures. */
    void begin(Runnable work) {
        begin(null, work);
    }

    /** Begins what is of no use to anybody once this replay is over: see {@link #keepOnly}. */
    void beginFor(UUID forReplay, Runnable work) {
        begin(forReplay, work);
    }

    private void begin(@Nullable UUID forReplay, Runnable work) {
        if (!isBusy()) {
            replay = forReplay;
            thread = Thread.ofPlatform().name(name).daemon(true).start(work);
        }
    }

    /**
     * Interrupts what was begun for a replay that is over; again, when that did not help.
     *
     * @param open the one that is not over; absent: there is none
     */
    void keepOnly(@Nullable UUID open) {
        if (thread != null && isBusy() && replay != null && !replay.equals(open)) {
            thread.interrupt();
        }
    }

    /** Interrupts what is not done, and waits for it a moment: what it writes is whole or not there, whenever it ends. */
    @Override
    public void close() {
        Thread here = thread;
        if (here == null) {
            return;
        }
        here.interrupt();
        try {
            here.join(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
