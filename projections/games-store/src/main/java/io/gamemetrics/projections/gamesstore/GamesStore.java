package io.gamemetrics.projections.gamesstore;

import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The schema the games live in, beside other read models in the same database. */
public final class GamesStore {

    /** The schema's name. */
    static final String SCHEMA = "games";

    private GamesStore() {}

    /** Makes the schema or brings it up to date. Several processes may do so at once. */
    public static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .schemas(SCHEMA)
                .table("games_store_history")
                .locations("classpath:db/games-store", PostgresCheckpoints.MIGRATIONS)
                .load()
                .migrate();
    }

    /**
     * Takes everything away, checkpoints included: after the next {@link #migrate} the projection begins anew.
     *
     * @throws SQLException when the database refuses or can't be reached
     */
    public static void drop(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
        }
    }
}
