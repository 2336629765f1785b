package io.gamemetrics.projections.gamesstore;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.PostgresScan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Looks through the games' tables. Safe for concurrent use. */
public final class GamesScan {

    private final DataSource database;

    /** @param database one {@link GamesStore#migrate} has been run on */
    public GamesScan(DataSource database) {
        this.database = database;
    }

    /**
     * Where any of these is, in any value of any table; without a hit empty.
     *
     * @throws GamesStoreException when the tables were not read to the end
     */
    public List<Hit> scan(Needles needles) {
        try (Connection connection = database.getConnection()) {
            return new PostgresScan(GamesStore.SCHEMA).scan(connection, needles);
        } catch (SQLException e) {
            throw new GamesStoreException("the tables of the games were not searched", e);
        }
    }
}
