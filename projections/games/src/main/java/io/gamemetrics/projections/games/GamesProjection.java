package io.gamemetrics.projections.games;

import io.gamemetrics.projections.gamesstore.GamesBatch;
import io.gamemetrics.projections.gamesstore.GamesWriter;
import io.gamemetrics.projections.runtime.StoredProjection;

/** The games' settings and keys, from the configuration events alone. */
public final class GamesProjection extends StoredProjection {

    private final GamesWriter writer;

    public GamesProjection(GamesWriter writer) {
        super(GamesWriter.PROJECTION, writer);
        this.writer = writer;
    }

    @Override
    public Reads reads() {
        return Reads.CONFIGURATION;
    }

    @Override
    public Batch begin(int partition) {
        GamesBatch changes = writer.begin(partition);
        return batch(partition, new GamesHandlers(changes), changes::commit);
    }
}
