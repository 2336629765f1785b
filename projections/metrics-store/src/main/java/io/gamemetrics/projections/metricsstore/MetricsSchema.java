package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/** The tables of the metrics, on plain PostgreSQL (native partitions) or on TimescaleDB (a hypertable), told apart by itself. */
public final class MetricsSchema {

    /** The PostgreSQL schema version 1 lies in. */
    public static final String NAME = "metrics";

    private MetricsSchema() {}

    /** What keeps the events apart by time. Answers are the same on both. */
    public enum Engine {
        POSTGRESQL,
        TIMESCALEDB
    }

    /** Where a version's tables are. */
    public static ModelSchema of(DataSource dataSource, int version) {
        return new ModelSchema(dataSource, NAME, version);
    }

    /** Brings version 1's tables to this build's state. */
    public static Engine migrate(DataSource dataSource) {
        return migrate(dataSource, 1);
    }

    /**
     * Brings a version's tables to this build's state; again changes nothing. Safe to call from several processes.
     *
     * @param version from 1
     */
    public static Engine migrate(DataSource dataSource, int version) {
        MigrateResult done = Flyway.configure()
                .dataSource(dataSource)
                .schemas(ModelSchema.name(NAME, version))
                .locations("classpath:db/metrics-store", PostgresCheckpoints.MIGRATIONS)
                // A connection that was used for another version finds TimescaleDB's functions no more.
                .initSql("SET search_path TO public")
                // A session's lock needs no second connection that waits for the first.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load()
                .migrate();
        ModelSchema schema = of(dataSource, version);
        if (version > 1 && done.initialSchemaVersion == null) {
            try (Connection connection = schema.connect()) {
                KindIndex.leaveAway(connection);
            } catch (SQLException e) {
                throw new MetricsStoreException("the metrics' tables could not be made ready to be built", e);
            }
        }
        return engine(schema);
    }

    /** Which of the two a version's migrated tables stand on. */
    public static Engine engine(ModelSchema schema) {
        try (Connection connection = schema.connect()) {
            return engine(connection);
        } catch (SQLException e) {
            throw new MetricsStoreException("the metrics' tables could not be read", e);
        }
    }

    static Engine engine(Connection connection) throws SQLException {
        String sql = "SELECT relkind = 'p' FROM pg_class WHERE oid = 'event'::regclass";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBoolean(1) ? Engine.POSTGRESQL : Engine.TIMESCALEDB;
        }
    }

    /**
     * Takes every version away, checkpoints included: after the next {@link #migrate} the projection begins anew.
     *
     * @throws SQLException when the database refuses or can't be reached
     */
    public static void drop(DataSource dataSource) throws SQLException {
        ModelSchema.dropAll(dataSource, NAME);
    }

    /** What a version takes on disk; TimescaleDB keeps most of it elsewhere, and is asked. */
    public static long bytes(DataSource dataSource, int version) throws SQLException {
        ModelSchema schema = of(dataSource, version);
        long[] bytes = {schema.bytes()};
        try (Connection connection = schema.connect()) {
            if (engine(connection) == Engine.TIMESCALEDB) {
                new Sql()
                        .add("SELECT public.hypertable_size('event')")
                        .forEach(connection, row -> bytes[0] += row.getLong(1));
            }
        }
        return bytes[0];
    }
}
