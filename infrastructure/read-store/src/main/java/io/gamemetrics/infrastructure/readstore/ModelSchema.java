package io.gamemetrics.infrastructure.readstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The PostgreSQL schema one version of a read model has to itself. Statements name tables without it: whose they are is
 * said once, by the connection. Safe for concurrent use.
 */
public final class ModelSchema {

    private final DataSource database;
    private final String name;

    /**
     * @param model the read model's name, a plain lower-case one; version 1 lies in the schema of this name
     * @param version from 1
     */
    public ModelSchema(DataSource database, String model, int version) {
        this.database = database;
        this.name = name(model, version);
    }

    /** The schema's name. */
    public static String name(String model, int version) {
        if (version < 1) {
            throw new IllegalArgumentException("version must be 1 or more: " + version);
        }
        return PostgresCheckpoints.plain(model) + (version == 1 ? "" : "_v" + version);
    }

    public String name() {
        return name;
    }

    /**
     * A connection of the pool that looks for tables here and nowhere else: what another schema calls by the same name is
     * never taken for it. It is said anew for each: what the last user of the connection said holds for nobody else.
     */
    public Connection connect() throws SQLException {
        Connection connection = database.getConnection();
        // By a query: the driver forgets every prepared statement when it sees a SET of this. The server itself plans
        // anew what it had planned for another path.
        try (PreparedStatement path = connection.prepareStatement("SELECT set_config('search_path', ?, false)")) {
            path.setString(1, name);
            path.execute();
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** What its tables and their indexes take on disk. */
    public long bytes() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c"
                                + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                                + " WHERE n.nspname = ? AND c.relkind IN ('r', 'm')")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * Takes everything away, checkpoints included. Again changes nothing. Somebody may still read: then it fails after two
     * seconds, and is to be tried again later.
     */
    public void drop() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                statement.execute("SET LOCAL lock_timeout = '2s'");
                statement.execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** Takes every version of a read model away. */
    public static void dropAll(DataSource database, String model) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT nspname FROM pg_namespace WHERE nspname ~ ('^' || ? || '(_v[0-9]+)?$')")) {
                select.setString(1, PostgresCheckpoints.plain(model));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                }
            }
            try (Statement statement = connection.createStatement()) {
                for (String schema : names) {
                    statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
                }
            }
        }
    }
}
