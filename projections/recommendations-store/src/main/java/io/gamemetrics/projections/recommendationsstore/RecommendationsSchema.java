package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of the recommendations, in a schema of their own beside other read models. */
public final class RecommendationsSchema {

    /** The PostgreSQL schema version 1 lies in. */
    public static final String NAME = "recommendations";

    private RecommendationsSchema() {}

    /** Where a version's tables are. */
    public static ModelSchema of(DataSource dataSource, int version) {
        return new ModelSchema(dataSource, NAME, version);
    }

    /** Brings version 1's tables to this build's state. */
    public static void migrate(DataSource dataSource) {
        migrate(dataSource, 1);
    }

    /**
     * Brings a version's tables to this build's state; again changes nothing. Safe to call from several processes.
     *
     * @param version from 1
     */
    public static void migrate(DataSource dataSource, int version) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(ModelSchema.name(NAME, version))
                .locations("classpath:db/recommendations-store", PostgresCheckpoints.MIGRATIONS)
                // A session's lock needs no second connection that waits for the first.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
    }

    /**
     * Takes every version away, checkpoints included: after the next {@link #migrate} the projection begins anew.
     *
     * @throws SQLException when the database refuses or can't be reached
     */
    public static void drop(DataSource dataSource) throws SQLException {
        ModelSchema.dropAll(dataSource, NAME);
    }
}
