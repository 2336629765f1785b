package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendationsstore.RecommendationsBatch;
import io.gamemetrics.projections.recommendationsstore.RecommendationsWriter;
import io.gamemetrics.projections.runtime.StoredProjection;

/** Keeps what every player has to do with every item. Safe for concurrent use, a thread a partition. */
public final class RecommendationsProjection extends StoredProjection {

    private final RecommendationsWriter writer;

    public RecommendationsProjection(RecommendationsWriter writer) {
        super(RecommendationsWriter.PROJECTION, writer);
        this.writer = writer;
    }

    @Override
    public Batch begin(int partition) {
        RecommendationsBatch events = writer.begin();
        return batch(
                partition,
                new RecommendationsHandlers(events),
                (expected, next, parked, released) ->
                        writer.commit(events, partition, expected, next, parked, released));
    }
}
