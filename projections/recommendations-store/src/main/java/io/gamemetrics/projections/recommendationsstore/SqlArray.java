package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.infrastructure.readstore.ColumnArray;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column's values of many rows.
 *
 * @param type as {@link ColumnArray} calls it
 */
record SqlArray(String type, List<? extends @Nullable Object> values) {

    /** A row's value in the column; absent is NULL. */
    @FunctionalInterface
    interface Column<R> {
        @Nullable
        Object of(R row);
    }

    static <R> SqlArray of(String type, Collection<R> rows, Column<R> column) {
        List<@Nullable Object> values = new ArrayList<>(rows.size());
        for (R row : rows) {
            values.add(column.of(row));
        }
        return new SqlArray(type, values);
    }

    Array on(Connection connection) throws SQLException {
        return ColumnArray.of(connection, type, values);
    }
}
