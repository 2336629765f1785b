package io.gamemetrics.projections.runtime;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** Counts in a real PostgreSQL: how often each place of each stream was counted, in each partition. */
final class CountingStore implements AutoCloseable {

    private final String schema;
    private final HikariDataSource database = new HikariDataSource();

    CountingStore(String url) {
        this(url, 1);
    }

    /** @param version of the read model, from 1 */
    CountingStore(String url, int version) {
        this.schema = ModelSchema.name("counting", version);
        database.setJdbcUrl(url);
        database.setMinimumIdle(0);
        Flyway.configure()
                .dataSource(database)
                .schemas(schema)
                .table("counting_history")
                .locations(PostgresCheckpoints.MIGRATIONS)
                .load()
                .migrate();
        execute("CREATE TABLE IF NOT EXISTS " + schema + ".counted (partition int, stream uuid, events bigint NOT NULL,"
                + " sequences bigint NOT NULL CHECK (sequences >= 0), last bigint NOT NULL, disorder bigint NOT NULL,"
                + " PRIMARY KEY (partition, stream))");
    }

    String schema() {
        return schema;
    }

    Connection connect() throws SQLException {
        return database.getConnection();
    }

    /** Events counted, by stream, over all partitions. */
    Map<UUID, Long> counts() {
        Map<UUID, Long> counts = new TreeMap<>();
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT stream, sum(events) FROM " + schema + ".counted GROUP BY stream");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                counts.put(rows.getObject(1, UUID.class), rows.getLong(2));
            }
            return counts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often an event was counted that does not stand behind all of its stream that were counted before. */
    long disorder() {
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT coalesce(sum(disorder), 0) FROM " + schema + ".counted");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Events counted in all. */
    long total() {
        return counts().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Parked events as cause → how many. */
    Map<String, Long> parked() {
        Map<String, Long> parked = new TreeMap<>();
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT cause, count(*) FROM " + schema + ".parked GROUP BY cause");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                parked.put(rows.getString(1), rows.getLong(2));
            }
            return parked;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
