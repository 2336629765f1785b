package io.gamemetrics.projections.gamesstore;

import io.gamemetrics.infrastructure.readstore.PartitionCheckpoints;
import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the games and their keys up to date. Safe for concurrent use; a batch is not. Every method throws {@link
 * GamesStoreException} when the database can't be asked.
 */
public final class GamesWriter implements PartitionCheckpoints {

    /** The name of the projection whose checkpoints are kept here. */
    public static final String PROJECTION = "games";

    private final DataSource database;
    private final PostgresCheckpoints checkpoints = new PostgresCheckpoints(GamesStore.SCHEMA, PROJECTION);

    public GamesWriter(DataSource database) {
        this.database = database;
    }

    @Override
    public @Nullable Checkpoint checkpoint(int partition) {
        try (Connection connection = database.getConnection()) {
            return checkpoints.read(connection, partition);
        } catch (SQLException e) {
            throw new GamesStoreException("the checkpoint of the games could not be read", e);
        }
    }

    @Override
    public List<QuarantinedStream> quarantined(int partition) {
        try (Connection connection = database.getConnection()) {
            return checkpoints.quarantined(connection, partition);
        } catch (SQLException e) {
            throw new GamesStoreException("the quarantine of the games could not be read", e);
        }
    }

    @Override
    public List<ParkedEvent> parked(int partition, UUID stream, int most) {
        try (Connection connection = database.getConnection()) {
            return checkpoints.parked(connection, partition, stream, most);
        } catch (SQLException e) {
            throw new GamesStoreException("the parked events of the games could not be read", e);
        }
    }

    /** Begins an empty batch. */
    public GamesBatch begin(int partition) {
        return new GamesBatch(database, checkpoints, partition);
    }
}
