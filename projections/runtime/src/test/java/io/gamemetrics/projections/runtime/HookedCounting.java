package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A counting projection that does something around each commit. */
abstract class HookedCounting extends CountingProjection {

    HookedCounting(CountingStore store) {
        super(store);
    }

    /** What is to be committed. */
    record Written(
            int partition,
            @Nullable Checkpoint expected,
            Checkpoint next,
            Collection<ParkedEvent> parked,
            Collection<ParkedEvent> released) {}

    /** @param commit writes it */
    abstract void around(Written written, Runnable commit);

    @Override
    public final Batch begin(int partition) {
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
                around(
                        new Written(partition, expected, next, parked, released),
                        () -> whole.commit(expected, next, parked, released));
            }
        };
    }
}
