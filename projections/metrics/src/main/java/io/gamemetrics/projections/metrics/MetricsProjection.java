package io.gamemetrics.projections.metrics;

import io.gamemetrics.projections.metricsstore.MetricsBatch;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.runtime.CheckpointMovedException;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts every event of every game. Safe for concurrent use, a thread a partition. */
public final class MetricsProjection implements Projection {

    /** The name in checkpoints: stable for ever. */
    public static final String NAME = "metrics";

    private final MetricsWriter writer;

    /** @param writer of this projection's {@link #NAME} */
    public MetricsProjection(MetricsWriter writer) {
        this.writer = writer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public @Nullable Checkpoint checkpoint(int partition) {
        return writer.checkpoint(partition);
    }

    @Override
    public List<QuarantinedStream> quarantined(int partition) {
        return writer.quarantined(partition);
    }

    @Override
    public List<ParkedEvent> parked(int partition, UUID stream, int most) {
        return writer.parked(partition, stream, most);
    }

    @Override
    public Batch begin(int partition) {
        MetricsBatch events = writer.begin();
        MetricsHandlers handlers = new MetricsHandlers(events);
        return new Batch() {
            @Override
            public Object handlers() {
                return handlers;
            }

            @Override
            public void commit(
                    @Nullable Checkpoint expected,
                    Checkpoint next,
                    Collection<ParkedEvent> parked,
                    Collection<ParkedEvent> released) {
                if (!writer.commit(events, partition, expected, next, parked, released)) {
                    throw new CheckpointMovedException(NAME, partition);
                }
            }
        };
    }
}
