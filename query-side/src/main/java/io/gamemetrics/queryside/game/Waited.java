package io.gamemetrics.queryside.game;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A read model somebody waits for. However many do, it is asked at most once in {@value #POLL_MILLIS} ms. */
final class Waited {

    static final int POLL_MILLIS = 20;
    static final long NANOS_PER_MILLI = 1_000_000;

    private final ReadModel model;
    private final ReentrantLock polling = new ReentrantLock();
    private @Nullable Position latest;
    private long askedAtNanos = System.nanoTime() - POLL_MILLIS * NANOS_PER_MILLI;

    Waited(ReadModel model) {
        this.model = model;
    }

    ReadModel model() {
        return model;
    }

    /** How far it has come, as it was told last; absent while that is not known. */
    @Nullable
    Position position() {
        polling.lock();
        try {
            if (System.nanoTime() - askedAtNanos >= POLL_MILLIS * NANOS_PER_MILLI) {
                latest = switch (model.progress().state()) {
                    case ModelState.Ready ready -> ready.position();
                    case ModelState.Beginning(), ModelState.NotStarted(), ModelState.Unavailable() -> latest;
                };
                askedAtNanos = System.nanoTime();
            }
            return latest;
        } finally {
            polling.unlock();
        }
    }
}
