package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ColumnArray;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows for one statement, one SQL array a column: {@code unnest(?, ?, …)} takes thousands in one round trip. They
 * travel in binary; a day is its distance from 1970-01-01, {@link #DAY} in the statement.
 */
final class Columns {

    /** The date a column {@code day} of whole numbers means. */
    static final String DAY = "DATE '1970-01-01' + day";

    private final String[] types;
    private final List<List<@Nullable Object>> columns = new ArrayList<>();

    /** @param types SQL types; {@code numeric} is for sums: longs while they fit */
    Columns(String... types) {
        this.types = types;
        for (int column = 0; column < types.length; column++) {
            columns.add(new ArrayList<>());
        }
    }

    static int day(LocalDate day) {
        return Math.toIntExact(day.toEpochDay());
    }

    void add(@Nullable Object... row) {
        for (int column = 0; column < types.length; column++) {
            columns.get(column).add(row[column]);
        }
    }

    boolean isEmpty() {
        return columns.getFirst().isEmpty();
    }

    int size() {
        return columns.getFirst().size();
    }

    /** {@code unnest(?::int4[], …)} */
    String unnest() {
        StringBuilder sql = new StringBuilder("unnest(");
        for (int column = 0; column < types.length; column++) {
            sql.append(column == 0 ? "?::" : ", ?::").append(type(column)).append("[]");
        }
        return sql.append(')').toString();
    }

    /** A sum past a long makes its column decimal text, and only then. */
    private String type(int column) {
        boolean whole = types[column].equals("numeric")
                && columns.get(column).stream().noneMatch(value -> value instanceof BigInteger);
        return whole ? "int8" : types[column];
    }

    void bind(Connection connection, PreparedStatement statement) throws SQLException {
        for (int column = 0; column < types.length; column++) {
            statement.setArray(column + 1, ColumnArray.of(connection, type(column), columns.get(column)));
        }
    }

    /** Runs a statement whose only parameters are these, unless there are no rows. */
    int execute(Connection connection, String sql) throws SQLException {
        if (isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement);
            return statement.executeUpdate();
        }
    }
}
