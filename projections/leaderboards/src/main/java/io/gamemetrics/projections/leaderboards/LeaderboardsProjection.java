package io.gamemetrics.projections.leaderboards;

import io.gamemetrics.projections.leaderboardsstore.LeaderboardsBatch;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsWriter;
import io.gamemetrics.projections.runtime.StoredProjection;

/**
 * Puts every game's players in order. Safe for concurrent use, a thread a partition. A batch is written board by board
 * and its checkpoint last; what a board has already it leaves out, so a batch counts once however often it comes.
 */
public final class LeaderboardsProjection extends StoredProjection {

    private final LeaderboardsWriter writer;

    public LeaderboardsProjection(LeaderboardsWriter writer) {
        super(LeaderboardsWriter.PROJECTION, writer);
        this.writer = writer;
    }

    @Override
    public Batch begin(int partition) {
        LeaderboardsBatch boards = writer.begin();
        return batch(
                partition,
                new LeaderboardsHandlers(boards),
                (expected, next, parked, released) ->
                        writer.commit(boards, partition, expected, next, parked, released));
    }
}
