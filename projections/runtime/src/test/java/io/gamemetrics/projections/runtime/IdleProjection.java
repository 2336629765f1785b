package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.readstore.PartitionCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A projection that is nothing but its handlers: whatever is written is gone. */
final class IdleProjection extends StoredProjection {

    private final Object handlers;

    IdleProjection(Object handlers) {
        super("idle", new Nowhere());
        this.handlers = handlers;
    }

    @Override
    public Batch begin(int partition) {
        return batch(partition, handlers, (expected, next, parked, released) -> true);
    }

    private static final class Nowhere implements PartitionCheckpoints {

        @Override
        public @Nullable Checkpoint checkpoint(int partition) {
            return null;
        }

        @Override
        public List<QuarantinedStream> quarantined(int partition) {
            return List.of();
        }

        @Override
        public List<ParkedEvent> parked(int partition, UUID stream, int most) {
            return List.of();
        }
    }
}
