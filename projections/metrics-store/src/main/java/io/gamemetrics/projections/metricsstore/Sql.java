package io.gamemetrics.projections.metricsstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.postgresql.PGStatement;

/** A statement under construction: text and, in order, what its question marks stand for. Used by one thread. */
final class Sql {

    /** What the driver's {@code prepareThreshold} takes for "binary from the first time on". */
    static final int FORCE_BINARY = -1;

    private final StringBuilder text = new StringBuilder();
    private final List<Binder> binders = new ArrayList<>();

    private interface Binder {
        void bind(Connection connection, PreparedStatement statement, int place) throws SQLException;
    }

    /** What is done with each row. */
    interface OnRow {
        void on(ResultSet row) throws SQLException;
    }

    Sql add(String sql) {
        text.append(sql);
        return this;
    }

    Sql add(String sql, Object value) {
        text.append(sql);
        binders.add((connection, statement, place) -> statement.setObject(place, value));
        return this;
    }

    Sql add(Sql other) {
        text.append(other.text);
        binders.addAll(other.binders);
        return this;
    }

    Sql texts(String sql, Collection<String> values) {
        return array(sql, "text", values.toArray());
    }

    Sql numbers(String sql, Collection<? extends Number> values) {
        return array(sql, "int4", values.toArray());
    }

    Sql days(String sql, Collection<LocalDate> values) {
        return array(sql, "date", values.stream().map(LocalDate::toString).toArray());
    }

    Sql instants(String sql, Collection<Instant> values) {
        return array(sql, "timestamptz", values.stream().map(Instant::toString).toArray());
    }

    private Sql array(String sql, String type, Object[] values) {
        text.append(sql);
        binders.add(
                (connection, statement, place) -> statement.setArray(place, connection.createArrayOf(type, values)));
        return this;
    }

    void forEach(Connection connection, OnRow onRow) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text.toString())) {
            statement.setFetchSize(10_000);
            run(connection, statement, onRow);
        }
    }

    /** For rows that hold a set of players: few at a time, and in binary, half of what they are as hexadecimal text. */
    void forEachSet(Connection connection, OnRow onRow) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text.toString())) {
            statement.setFetchSize(500);
            statement.unwrap(PGStatement.class).setPrepareThreshold(FORCE_BINARY);
            run(connection, statement, onRow);
        }
    }

    private void run(Connection connection, PreparedStatement statement, OnRow onRow) throws SQLException {
        for (int place = 0; place < binders.size(); place++) {
            binders.get(place).bind(connection, statement, place + 1);
        }
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                onRow.on(rows);
            }
        }
    }
}
