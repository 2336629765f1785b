package io.gamemetrics.infrastructure.readstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks for needles in every value of a store's schema that could hold one: of all tables there are, and of all their columns
 * but those of numbers, truth values and times. Reads all of it: for proofs, not for answers. Safe for concurrent use.
 */
public final class PostgresScan {

    private static final int FETCHED_ROWS = 1_000;

    /** Of tables that hold bytes: one row may have a great many. */
    private static final int FETCHED_ROWS_OF_BYTES = 50;

    private static final String COLUMNS = "SELECT c.relname, a.attname, t.typname = 'bytea' FROM pg_class c"
            + " JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            + " JOIN pg_type t ON t.oid = a.atttypid"
            + " LEFT JOIN pg_type e ON t.typcategory = 'A' AND e.oid = t.typelem"
            + " WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'm', 'f') AND NOT c.relispartition"
            // Number, boolean, date or time, timespan.
            + " AND coalesce(e.typcategory, t.typcategory) NOT IN ('N', 'B', 'D', 'T')"
            + " ORDER BY c.relname, a.attnum";

    private final String schema;
    private final Set<String> without;

    /** @param schema the store's schema, a plain lower-case name */
    public PostgresScan(String schema) {
        this(schema, Set.of());
    }

    /** @param without tables that are looked through another way */
    public PostgresScan(String schema, Set<String> without) {
        this.schema = PostgresCheckpoints.plain(schema);
        this.without = Set.copyOf(without);
    }

    private record Column(String name, boolean binary) {}

    /** Where the needles are, by table, column and needle; without a hit empty. */
    public List<Hit> scan(Connection connection, Needles needles) throws SQLException {
        boolean before = connection.getAutoCommit();
        // Else the driver would hold a whole table in memory.
        connection.setAutoCommit(false);
        try {
            List<Hit> hits = new ArrayList<>();
            for (Map.Entry<String, List<Column>> table : tables(connection).entrySet()) {
                scan(connection, table.getKey(), table.getValue(), needles, hits);
            }
            return hits;
        } finally {
            connection.rollback();
            connection.setAutoCommit(before);
        }
    }

    /** How many columns it looks into, by table. */
    public Map<String, List<String>> columns(Connection connection) throws SQLException {
        Map<String, List<String>> names = new LinkedHashMap<>();
        tables(connection)
                .forEach((table, columns) ->
                        names.put(table, columns.stream().map(Column::name).toList()));
        return names;
    }

    private void scan(Connection connection, String table, List<Column> columns, Needles needles, List<Hit> hits)
            throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT ");
        for (Column column : columns) {
            sql.append(sql.length() > 7 ? ", " : "").append(quoted(column.name)).append(column.binary ? "" : "::text");
        }
        sql.append(" FROM ").append(schema).append('.').append(quoted(table));
        List<TreeMap<Integer, Long>> found = new ArrayList<>();
        columns.forEach(column -> found.add(new TreeMap<>()));
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            select.setFetchSize(columns.stream().anyMatch(Column::binary) ? FETCHED_ROWS_OF_BYTES : FETCHED_ROWS);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    for (int i = 0; i < columns.size(); i++) {
                        TreeMap<Integer, Long> counts = found.get(i);
                        in(rows, i + 1, columns.get(i), needles).stream()
                                .forEach(needle -> counts.merge(needle, 1L, Long::sum));
                    }
                }
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            String place = table + "." + columns.get(i).name;
            found.get(i).forEach((needle, values) -> hits.add(new Hit(schema, place, needle, values)));
        }
    }

    private static BitSet in(ResultSet row, int place, Column column, Needles needles) throws SQLException {
        if (column.binary) {
            byte[] value = row.getBytes(place);
            return value == null ? new BitSet() : needles.in(value);
        }
        String value = row.getString(place);
        return value == null ? new BitSet() : needles.in(value);
    }

    private Map<String, List<Column>> tables(Connection connection) throws SQLException {
        Map<String, List<Column>> tables = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(COLUMNS)) {
            select.setString(1, schema);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (!without.contains(rows.getString(1))) {
                        tables.computeIfAbsent(rows.getString(1), table -> new ArrayList<>())
                                .add(new Column(rows.getString(2), rows.getBoolean(3)));
                    }
                }
            }
        }
        return tables;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
