package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import java.sql.SQLTransientConnectionException;
import java.util.Collection;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A counting projection whose database goes away at random: before a commit, or after it and before its answer. */
final class FlakyProjection extends CountingProjection {

    private final Random random;
    private final AtomicInteger failures = new AtomicInteger();

    FlakyProjection(CountingStore store, long seed) {
        super(store);
        this.random = new Random(seed);
    }

    int failures() {
        return failures.get();
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
                int fate = random.nextInt(6);
                if (fate == 0) {
                    fail();
                }
                whole.commit(expected, next, parked, released);
                if (fate == 1) {
                    fail();
                }
            }
        };
    }

    private void fail() {
        failures.incrementAndGet();
        throw new IllegalStateException(new SQLTransientConnectionException("gone, says the test"));
    }
}
