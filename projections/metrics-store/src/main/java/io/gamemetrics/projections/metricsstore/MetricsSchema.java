package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of the metrics, on plain PostgreSQL (native partitions) or on TimescaleDB (a hypertable), told apart by itself. */
public final class MetricsSchema {

    /** The PostgreSQL schema all tables lie in. */
    public static final String NAME = "metrics";

    private MetricsSchema() {}

    /** What keeps the events apart by time. Answers are the same on both. */
    public enum Engine {
        POSTGRESQL,
        TIMESCALEDB
    }

    /** Brings the tables to this build's state; again changes nothing. Safe to call from several processes. */
    public static Engine migrate(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(NAME)
                .locations("classpath:db/metrics-store", PostgresCheckpoints.MIGRATIONS)
                // A session's lock needs no second connection that waits for the first.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
        return engine(dataSource);
    }

    /** Which of the two the migrated tables stand on. */
    public static Engine engine(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return engine(connection);
        } catch (SQLException e) {
            throw new MetricsStoreException("the metrics' tables could not be read", e);
        }
    }

    static Engine engine(Connection connection) throws SQLException {
        String sql = "SELECT relkind = 'p' FROM pg_class WHERE oid = 'metrics.event'::regclass";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBoolean(1) ? Engine.POSTGRESQL : Engine.TIMESCALEDB;
        }
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
