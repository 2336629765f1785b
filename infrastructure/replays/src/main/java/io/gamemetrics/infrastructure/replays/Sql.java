package io.gamemetrics.infrastructure.replays;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Statements on a database: reads, each for itself, and changes that are made wholly or not at all. */
final class Sql {

    private final DataSource database;

    Sql(DataSource database) {
        this.database = database;
    }

    interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    interface Reading<T> {
        T read(ResultSet rows) throws SQLException;
    }

    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    <T> T ask(String what, String sql, Binding binding, Reading<T> reading) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                return reading.read(rows);
            }
        } catch (SQLException e) {
            throw new ReplaysException(what + ": not read", e);
        }
    }

    /** Reads, each statement for itself. */
    <T extends @Nullable Object> T read(String what, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new ReplaysException(what + ": not read", e);
        }
    }

    /** All of it or nothing. */
    <T extends @Nullable Object> T change(String what, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T made = work.on(connection);
                connection.commit();
                return made;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new ReplaysException(what + ": not written", e);
        }
    }
}
