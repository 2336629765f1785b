package io.gamemetrics.projections.players;

import io.gamemetrics.projections.playersstore.PlayersBatch;
import io.gamemetrics.projections.playersstore.PlayersWriter;
import io.gamemetrics.projections.runtime.StoredProjection;

/** Keeps a profile of every player of every game. Safe for concurrent use, a thread a partition. */
public final class PlayersProjection extends StoredProjection {

    /** The name in checkpoints: stable for ever. */
    public static final String NAME = PlayersWriter.PROJECTION;

    private final PlayersWriter writer;
    private final NameSeal seal;

    public PlayersProjection(PlayersWriter writer, NameSeal seal) {
        super(NAME, writer);
        this.writer = writer;
        this.seal = seal;
    }

    @Override
    public Batch begin(int partition) {
        PlayersBatch players = writer.begin();
        return batch(
                partition,
                new PlayersHandlers(players, seal),
                (expected, next, parked, released) ->
                        writer.commit(players, partition, expected, next, parked, released));
    }
}
