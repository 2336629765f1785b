package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement at a time, with its values; what goes wrong becomes this store's exception. */
final class Sql {

    private static final int FETCH_ROWS = 5_000;

    private Sql() {}

    /** Something done on a connection. */
    @FunctionalInterface
    interface Work<R extends @Nullable Object> {
        R on(Connection connection) throws SQLException;
    }

    /** What a row becomes. */
    @FunctionalInterface
    interface Row<R> {
        R of(ResultSet row) throws SQLException;
    }

    /** What is done with a row. */
    @FunctionalInterface
    interface Each {
        void accept(ResultSet row) throws SQLException;
    }

    /** @throws RecommendationsStoreException saying what was not done */
    static <R extends @Nullable Object> R with(ModelSchema schema, String what, Work<R> work) {
        try (Connection connection = schema.connect()) {
            connection.setAutoCommit(true);
            return work.on(connection);
        } catch (SQLException e) {
            throw new RecommendationsStoreException(what + " failed", e);
        }
    }

    /** All of it or nothing; what is read is of one instant. */
    static <R extends @Nullable Object> R transaction(ModelSchema schema, String what, Work<R> work) {
        return with(schema, what, connection -> {
            int isolation = connection.getTransactionIsolation();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try {
                R result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(isolation);
            }
        });
    }

    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    static <R> List<R> list(Connection connection, String sql, Row<R> row, @Nullable Object... values)
            throws SQLException {
        List<R> all = new ArrayList<>();
        each(connection, sql, at -> all.add(row.of(at)), values);
        return all;
    }

    static <R> @Nullable R first(Connection connection, String sql, Row<R> row, @Nullable Object... values)
            throws SQLException {
        List<R> all = list(connection, sql, row, values);
        return all.isEmpty() ? null : all.getFirst();
    }

    /** Row by row; in a transaction, not all rows at once in memory. */
    static void each(Connection connection, String sql, Each each, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.accept(rows);
                }
            }
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                if (value instanceof SqlArray array) {
                    statement.setArray(i + 1, array.on(connection));
                } else {
                    statement.setObject(i + 1, value);
                }
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }
}
