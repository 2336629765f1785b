package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A projection whose releases take their time, and which remembers what partition 1 wrote. */
final class SlowlyReleased extends CountingProjection {

    private static final Duration SLOW = Duration.ofMillis(250);

    final List<String> commits = new CopyOnWriteArrayList<>();

    SlowlyReleased(CountingStore store) {
        super(store);
    }

    @Override
    public Batch begin(int partition) {
        Batch whole = super.begin(partition);
        return new Batch() {
            @Override
            public Object handlers() {
                return whole.handlers();
            }

            @Override
            public void commit(
                    @Nullable Checkpoint expected,
                    Checkpoint next,
                    Collection<ParkedEvent> parked,
                    Collection<ParkedEvent> released) {
                if (!released.isEmpty()) {
                    LockSupport.parkNanos(SLOW.toNanos());
                }
                whole.commit(expected, next, parked, released);
                if (partition == 1) {
                    commits.add(released.isEmpty() ? "others" : "release");
                }
            }
        };
    }
}
