package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import java.util.Collection;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;

/** The counting projection as a later build has it: each event counts twice. */
final class CountingTwice extends CountingProjection {

    CountingTwice(CountingStore store) {
        super(store);
    }

    @Override
    public Batch begin(int partition) {
        Batch once = super.begin(partition);
        CountingBatch counting = (CountingBatch) once.handlers();
        return new Forwarding(once, new Handlers(counting));
    }

    /** Two for one. */
    record Handlers(CountingBatch counting) {
        @EventHandler
        void on(TestEvent.Counted event, EventPlace place) {
            counting.on(event, place);
            counting.on(event, place);
        }
    }

    /** Another batch with other handlers. */
    record Forwarding(Batch batch, Object handlers) implements Batch {
        @Override
        public void commit(
                @Nullable Checkpoint expected,
                Checkpoint next,
                Collection<ParkedEvent> parked,
                Collection<ParkedEvent> released) {
            batch.commit(expected, next, parked, released);
        }
    }
}
