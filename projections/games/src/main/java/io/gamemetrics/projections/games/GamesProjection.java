package io.gamemetrics.projections.games;

import io.gamemetrics.projections.gamesstore.GamesBatch;
import io.gamemetrics.projections.gamesstore.GamesWriter;
import io.gamemetrics.projections.runtime.CheckpointMovedException;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The games' settings and keys, from the configuration events alone. */
public final class GamesProjection implements Projection {

    private final GamesWriter writer;

    public GamesProjection(GamesWriter writer) {
        this.writer = writer;
    }

    @Override
    public String name() {
        return GamesWriter.PROJECTION;
    }

    @Override
    public Reads reads() {
        return Reads.CONFIGURATION;
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
        GamesBatch changes = writer.begin(partition);
        GamesHandlers handlers = new GamesHandlers(changes);
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
                if (!changes.commit(expected, next, parked, released)) {
                    throw new CheckpointMovedException(name(), partition);
                }
            }
        };
    }
}
