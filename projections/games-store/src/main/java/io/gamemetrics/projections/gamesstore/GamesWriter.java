package io.gamemetrics.projections.gamesstore;

import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.infrastructure.readstore.StoredCheckpoints;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Keeps the games and their keys up to date. Safe for concurrent use; a batch is not. Every method throws {@link
 * GamesStoreException} when the database can't be asked.
 */
public final class GamesWriter extends StoredCheckpoints {

    /** The name of the projection whose checkpoints are kept here. */
    public static final String PROJECTION = "games";

    private final DataSource database;

    public GamesWriter(DataSource database) {
        super(new PostgresCheckpoints(GamesStore.SCHEMA, PROJECTION));
        this.database = database;
    }

    @Override
    protected Connection connect() throws SQLException {
        return database.getConnection();
    }

    @Override
    protected RuntimeException failed(String what, SQLException cause) {
        return new GamesStoreException("games: " + what, cause);
    }

    /** Begins an empty batch. */
    public GamesBatch begin(int partition) {
        return new GamesBatch(database, checkpoints, partition);
    }
}
