package io.gamemetrics.projections.gamesstore;

import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
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
}
