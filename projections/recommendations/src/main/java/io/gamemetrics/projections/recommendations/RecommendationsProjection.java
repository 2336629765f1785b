package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch;
import io.gamemetrics.projections.recommendationsstore.RecommendationsWriter;
import io.gamemetrics.projections.runtime.CheckpointMovedException;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps what every player has to do with every item. Safe for concurrent use, a thread a partition. */
public final class RecommendationsProjection implements Projection {

    private final RecommendationsWriter writer;

    public RecommendationsProjection(RecommendationsWriter writer) {
        this.writer = writer;
    }

    @Override
    public String name() {
        return RecommendationsWriter.PROJECTION;
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
        RecommendationsBatch events = writer.begin();
        RecommendationsHandlers handlers = new RecommendationsHandlers(events);
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
                    throw new CheckpointMovedException(name(), partition);
                }
            }
        };
    }
}
