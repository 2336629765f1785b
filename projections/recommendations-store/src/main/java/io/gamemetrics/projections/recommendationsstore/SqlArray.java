package io.gamemetrics.projections.recommendationsstore;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One column's values of many rows.
 *
 * @param type PostgreSQL's name of the element's type
 */
record SqlArray(String type, @Nullable Object[] values) {

    /** A row's value in the column; absent is NULL. */
    @FunctionalInterface
    interface Column<R> {
        @Nullable
        Object of(R row);
    }

    static <R> SqlArray of(String type, Collection<R> rows, Column<R> column) {
        @Nullable Object[] values = new @Nullable Object[rows.size()];
        int at = 0;
        for (R row : rows) {
            values[at++] = column.of(row);
        }
        return new SqlArray(type, values);
    }
}
