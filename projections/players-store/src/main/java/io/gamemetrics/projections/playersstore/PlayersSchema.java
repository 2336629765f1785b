package io.gamemetrics.projections.playersstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of the players, beside other read models in the same database. */
public final class PlayersSchema {

    /** The PostgreSQL schema version 1 lies in. */
    public static final String NAME = "players";

    private PlayersSchema() {}

    /** Brings version 1's tables to this build's state. */
    public static void migrate(DataSource database) {
        migrate(database, 1);
    }

    /**
     * Brings a version's tables to this build's state; again changes nothing. Safe to call from several processes.
     *
     * @param version from 1
     */
    public static void migrate(DataSource database, int version) {
        Flyway.configure()
                .dataSource(database)
                .schemas(ModelSchema.name(NAME, version))
                .locations("classpath:db/players-store", PostgresCheckpoints.MIGRATIONS)
                // A session's lock needs no second connection that waits for the first.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
    }

    /**
     * Takes everything of a version away, checkpoints included: after the next {@link #migrate} it begins anew.
     *
     * @throws SQLException when the database refuses or can't be reached
     */
    public static void drop(DataSource database, int version) throws SQLException {
        new ModelSchema(database, NAME, version).drop();
    }

    /**
     * Takes every version away.
     *
     * @throws SQLException when the database refuses or can't be reached
     */
    public static void drop(DataSource database) throws SQLException {
        ModelSchema.dropAll(database, NAME);
    }

    /** What a version takes on disk. */
    public static long bytes(DataSource database, int version) throws SQLException {
        return new ModelSchema(database, NAME, version).bytes();
    }
}
