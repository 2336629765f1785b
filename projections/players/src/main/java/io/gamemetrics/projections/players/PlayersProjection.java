package io.gamemetrics.projections.players;

import io.gamemetrics.projections.playersstore.PlayersBatch;
import io.gamemetrics.projections.playersstore.PlayersWriter;
import io.gamemetrics.projections.runtime.CheckpointMovedException;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps a profile of every player of every game. Safe for concurrent use, a thread a partition. */
public final class PlayersProjection implements Projection {

    /** The name in checkpoints: stable for ever. */
    public static final String NAME = PlayersWriter.PROJECTION;

    private final PlayersWriter writer;
    private final NameSeal seal;

    public PlayersProjection(PlayersWriter writer, NameSeal seal) {
        this.writer = writer;
        this.seal = seal;
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
        PlayersBatch players = writer.begin();
        PlayersHandlers handlers = new PlayersHandlers(players, seal);
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
                if (!writer.commit(players, partition, expected, next, parked, released)) {
                    throw new CheckpointMovedException(NAME, partition);
                }
            }
        };
    }
}
