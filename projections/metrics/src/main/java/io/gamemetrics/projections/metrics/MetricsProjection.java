package io.gamemetrics.projections.metrics;

import io.gamemetrics.projections.metricsstore.MetricsBatch;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.runtime.StoredProjection;

/** Counts every event of every game. Safe for concurrent use, a thread a partition. */
public final class MetricsProjection extends StoredProjection {

    /** The name in checkpoints: stable for ever. */
    public static final String NAME = "metrics";

    private final MetricsWriter writer;

    /** @param writer of this projection's {@link #NAME} */
    public MetricsProjection(MetricsWriter writer) {
        super(NAME, writer);
        this.writer = writer;
    }

    @Override
    public Batch begin(int partition) {
        MetricsBatch events = writer.begin();
        return batch(
                partition,
                new MetricsHandlers(events),
                (expected, next, parked, released) ->
                        writer.commit(events, partition, expected, next, parked, released));
    }
}
