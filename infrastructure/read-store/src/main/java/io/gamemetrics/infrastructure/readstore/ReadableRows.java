package io.gamemetrics.infrastructure.readstore;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows of a statement as people read them: each column by its name, in order; what is null or bytes is left out. */
public final class ReadableRows {

    private static final int FETCH = 1_000;

    /** A whole number of fewer digits is a {@code long}. */
    private static final int MOST_DIGITS = 19;

    private ReadableRows() {}

    /**
     * Gives each row of a statement, without holding them all.
     *
     * @param values of the statement's parameters, each an {@code Integer}, {@code UUID} or a list of one of those
     */
    public static void each(Connection connection, String sql, List<?> values, Consumer<Map<String, Object>> each)
            throws SQLException {
        boolean before = connection.getAutoCommit();
        // Else the driver would hold all rows in memory.
        connection.setAutoCommit(false);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH);
            for (int i = 0; i < values.size(); i++) {
                select.setObject(
                        i + 1, values.get(i) instanceof List<?> list ? array(connection, list) : values.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                ResultSetMetaData columns = rows.getMetaData();
                while (rows.next()) {
                    each.accept(row(rows, columns));
                }
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(before);
        }
    }

    private static Array array(Connection connection, List<?> list) throws SQLException {
        String type = !list.isEmpty() && list.getFirst() instanceof Integer ? "int4" : "uuid";
        return connection.createArrayOf(type, list.toArray());
    }

    private static Map<String, Object> row(ResultSet rows, ResultSetMetaData columns) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            Object value = value(rows, column, columns.getColumnType(column));
            if (value != null) {
                row.put(columns.getColumnLabel(column), value);
            }
        }
        return row;
    }

    private static @Nullable Object value(ResultSet rows, int column, int type) throws SQLException {
        return switch (type) {
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> null;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> moment(rows.getObject(column, OffsetDateTime.class));
            case Types.ARRAY -> list(rows.getArray(column));
            default -> readable(rows.getObject(column));
        };
    }

    private static @Nullable String moment(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant().toString();
    }

    private static @Nullable List<Object> list(@Nullable Array array) throws SQLException {
        if (array == null) {
            return null;
        }
        List<Object> list = new ArrayList<>();
        for (Object value : (Object[]) array.getArray()) {
            Object readable = readable(value);
            list.add(readable == null ? "" : readable);
        }
        return list;
    }

    private static @Nullable Object readable(@Nullable Object value) {
        if (value instanceof BigDecimal decimal && decimal.scale() <= 0 && decimal.precision() < MOST_DIGITS) {
            return decimal.longValueExact();
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
