package io.gamemetrics.projections.leaderboards;

import io.gamemetrics.projections.leaderboardsstore.LeaderboardsBatch;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsWriter;
import io.gamemetrics.projections.runtime.CheckpointMovedException;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts every game's players in order. Safe for concurrent use, a thread a partition. A batch is written board by board
 * and its checkpoint last; what a board has already it leaves out, so a batch counts once however often it comes.
 */
public final class LeaderboardsProjection implements Projection {

    private final LeaderboardsWriter writer;

    public LeaderboardsProjection(LeaderboardsWriter writer) {
        this.writer = writer;
    }

    @Override
    public String name() {
        return LeaderboardsWriter.PROJECTION;
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
        LeaderboardsBatch boards = writer.begin();
        LeaderboardsHandlers handlers = new LeaderboardsHandlers(boards);
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
                if (!writer.commit(boards, partition, expected, next, parked, released)) {
                    throw new CheckpointMovedException(name(), partition);
                }
            }
        };
    }
}
