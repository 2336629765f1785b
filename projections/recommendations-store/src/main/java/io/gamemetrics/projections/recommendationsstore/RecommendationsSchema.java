package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of the recommendations, in a schema of their own beside other read models. */
public final class RecommendationsSchema {

    /** The PostgreSQL schema all tables lie in. */
    public static final String NAME = "recommendations";

    private RecommendationsSchema() {}

    /** Brings the tables to this build's state; again changes nothing. Safe to call from several processes. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(NAME)
                .locations("classpath:db/recommendations-store", PostgresCheckpoints.MIGRATIONS)
                // A session's lock needs no second connection that waits for the first.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
    }

    /**
     * Takes everything away, checkpoints included: after the next {@link #migrate} the projection begins anew.
     *
     * @throws SQLException when the database refuses or can't be reached
     */
    public static void drop(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + NAME + " CASCADE");
        }
    }
}
