package io.gamemetrics.infrastructure.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Plants a control in one column after the other of a schema, each that could hold a text: whoever looks for leftovers has to
 * find it there. A table without rows is given one.
 */
public final class PlantedControls {

    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("text", "'x'"),
            Map.entry("character varying", "'x'"),
            Map.entry("\"char\"", "'x'"),
            Map.entry("uuid", "gen_random_uuid()"),
            Map.entry("smallint", "1"),
            Map.entry("integer", "1"),
            Map.entry("bigint", "1"),
            Map.entry("real", "1"),
            Map.entry("numeric", "1"),
            Map.entry("boolean", "true"),
            Map.entry("bytea", "'\\x01'"),
            Map.entry("jsonb", "'{}'"),
            Map.entry("date", "DATE '2026-03-04'"),
            Map.entry("timestamp with time zone", "now()"));

    private PlantedControls() {}

    /** Is told where a control lies, uncommitted: it looks by this connection, which is rolled back afterwards. */
    public interface Planted {
        void in(Connection connection, String table, String column, String control) throws SQLException;
    }

    /** @return how many columns there were */
    public static int inEveryColumn(Connection connection, String schema, Planted planted) throws SQLException {
        connection.setAutoCommit(false);
        List<String[]> columns = columns(connection, schema);
        for (String[] column : columns) {
            UUID control = UUID.randomUUID();
            String table = schema + ".\"" + column[0] + '"';
            fill(connection, schema, column[0], table);
            String value = "uuid".equals(column[2])
                    ? control.toString()
                    : "planted-" + control.toString().substring(24);
            String expression =
                    switch (column[2]) {
                        case "bytea" -> "convert_to(?, 'UTF8')";
                        case "jsonb", "json" -> "json_build_object('planted', ?::text)::" + column[2];
                        case "text[]" -> "ARRAY[?]";
                        default -> "?::" + column[2];
                    };
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE " + table + " SET \"" + column[1] + "\" = " + expression
                            + " WHERE (tableoid, ctid) = (SELECT tableoid, ctid FROM " + table + " LIMIT 1)")) {
                update.setString(1, value);
                if (update.executeUpdate() != 1) {
                    throw new IllegalStateException("nothing planted in " + column[0] + "." + column[1]);
                }
            }
            planted.in(connection, column[0], column[1], value);
            connection.rollback();
        }
        connection.setAutoCommit(true);
        return columns.size();
    }

    private static void fill(Connection connection, String schema, String name, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT FROM " + table + " LIMIT 1")) {
                if (row.next()) {
                    return;
                }
            }
            List<String> names = new ArrayList<>();
            List<String> values = new ArrayList<>();
            for (String[] column : query(
                    connection,
                    "SELECT a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a WHERE a.attrelid = ?::regclass"
                            + " AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull AND NOT a.atthasdef"
                            + " AND a.attidentity = ''",
                    schema + ".\"" + name + '"',
                    2)) {
                names.add('"' + column[0] + '"');
                values.add(
                        column[1].endsWith("[]")
                                ? "'{}'::" + column[1]
                                : VALUES.getOrDefault(column[1], "NULL::" + column[1]));
            }
            statement.executeUpdate("INSERT INTO " + table
                    + (names.isEmpty()
                            ? " DEFAULT VALUES"
                            : " (" + String.join(", ", names) + ") VALUES (" + String.join(", ", values) + ")"));
        }
    }

    private static List<String[]> columns(Connection connection, String schema) throws SQLException {
        return query(
                connection,
                "SELECT c.relname, a.attname, format_type(a.atttypid, NULL) FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid"
                        + " AND a.attnum > 0 AND NOT a.attisdropped WHERE n.nspname = ? AND c.relkind IN ('r', 'p')"
                        + " AND NOT c.relispartition AND format_type(a.atttypid, NULL) IN ('text', 'text[]',"
                        + " 'character varying', 'bytea', 'uuid', 'json', 'jsonb') ORDER BY 1, 2",
                schema,
                3);
    }

    private static List<String[]> query(Connection connection, String sql, String parameter, int columns)
            throws SQLException {
        List<String[]> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, parameter);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String[] row = new String[columns];
                    for (int i = 0; i < columns; i++) {
                        row[i] = rows.getString(i + 1);
                    }
                    found.add(row);
                }
            }
        }
        return found;
    }
}
