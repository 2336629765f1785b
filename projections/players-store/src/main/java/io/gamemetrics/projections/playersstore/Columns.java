package io.gamemetrics.projections.playersstore;

import io.gamemetrics.infrastructure.readstore.ColumnArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows for one statement, one SQL array a column: {@code unnest(?, ?, …)} takes thousands in one round trip. */
final class Columns {

    private final String[] types;
    private final List<List<@Nullable Object>> columns = new ArrayList<>();

    Columns(String... types) {
        this.types = types;
        for (int column = 0; column < types.length; column++) {
            columns.add(new ArrayList<>());
        }
    }

    void add(@Nullable Object... row) {
        for (int column = 0; column < types.length; column++) {
            columns.get(column).add(row[column]);
        }
    }

    boolean isEmpty() {
        return columns.getFirst().isEmpty();
    }

    /** {@code unnest(?::int4[], …)} */
    String unnest() {
        StringBuilder sql = new StringBuilder("unnest(");
        for (int column = 0; column < types.length; column++) {
            sql.append(column == 0 ? "?::" : ", ?::").append(types[column]).append("[]");
        }
        return sql.append(')').toString();
    }

    void bind(Connection connection, PreparedStatement statement) throws SQLException {
        for (int column = 0; column < types.length; column++) {
            statement.setArray(column + 1, ColumnArray.of(connection, types[column], columns.get(column)));
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
