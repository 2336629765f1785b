package io.gamemetrics.infrastructure.backups;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** The tables of a database, asked of its catalog: one that is added later is copied without anybody thinking of it. */
final class Tables {

    /** Refused events, under a key of their game's: an erasure deletes the rows and no key. */
    static final String REFUSED = "rejected_event";

    private static final String OURS = " c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'";

    private Tables() {}

    /**
     * What has to be copied, each table after those it refers to, with its columns. Tables that a crash of the database
     * empties are left out, and those of which no backup is made.
     */
    static Map<String, List<String>> of(Connection connection, BackupKind kind) throws SQLException {
        Map<String, List<String>> columns = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT c.relname, a.attname FROM pg_class c"
                        + " JOIN pg_attribute a ON a.attrelid = c.oid WHERE" + OURS + " AND c.relpersistence = 'p'"
                        + " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
                        + " ORDER BY c.relname, a.attnum");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1), any -> new ArrayList<>())
                        .add(rows.getString(2));
            }
        }
        columns.keySet().removeIf(kind::isLeftOut);
        return ordered(columns, references(connection));
    }

    private static Map<String, List<String>> ordered(
            Map<String, List<String>> columns, Map<String, Set<String>> references) {
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        Set<String> left = new TreeSet<>(columns.keySet());
        while (!left.isEmpty()) {
            String next = left.stream()
                    .filter(table -> references.getOrDefault(table, Set.of()).stream()
                            .allMatch(other -> other.equals(table) || !left.contains(other)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("tables must not refer to each other in a circle"));
            ordered.put(next, columns.getOrDefault(next, List.of()));
            left.remove(next);
        }
        return ordered;
    }

    private static Map<String, Set<String>> references(Connection connection) throws SQLException {
        Map<String, Set<String>> references = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT c.relname, o.relname FROM pg_constraint k"
                        + " JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid"
                        + " WHERE k.contype = 'f' AND" + OURS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                references
                        .computeIfAbsent(rows.getString(1), any -> new TreeSet<>())
                        .add(rows.getString(2));
            }
        }
        return references;
    }

    /** How many tables there are of any kind. */
    static int count(Connection connection) throws SQLException {
        return (int) number(connection, "SELECT count(*) FROM pg_class c WHERE" + OURS);
    }

    /** About how many bytes a copy of all of them has. */
    static long bytes(Connection connection) throws SQLException {
        return number(connection, "SELECT coalesce(sum(pg_table_size(c.oid)), 0)::bigint FROM pg_class c WHERE" + OURS);
    }

    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Those of the streams of which an event store has an event. */
    static Set<UUID> streams(Connection connection, List<UUID> streams) throws SQLException {
        Set<UUID> found = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT DISTINCT stream FROM events" + " WHERE stream = ANY (?)")) {
            select.setArray(1, connection.createArrayOf("uuid", streams.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return found;
    }

    /** The last migration that was made. */
    static String schema(Connection connection, String history) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT version FROM " + quoted(history)
                        + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1")) {
            if (!row.next()) {
                throw new BackupRefusedException(
                        "The database was never opened by the platform: there is nothing to copy.");
            }
            return row.getString(1);
        }
    }

    /** Has numbers that a column gives out go on after those that were copied. */
    static void continueNumbers(Connection connection, String table) throws SQLException {
        List<String> numbered = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT a.attname FROM pg_class c JOIN pg_attribute a"
                        + " ON a.attrelid = c.oid WHERE" + OURS + " AND c.relname = ? AND a.attidentity <> ''")) {
            select.setString(1, table);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    numbered.add(rows.getString(1));
                }
            }
        }
        for (String column : numbered) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT setval(pg_get_serial_sequence('" + quoted(table) + "', '" + column
                        + "'), (SELECT coalesce(max(" + quoted(column) + "), 0) + 1 FROM " + quoted(table)
                        + "), false)");
            }
        }
    }

    /** The last number a refused event was given; 0 when there was none. */
    static long lastRefused(Connection connection) throws SQLException {
        return number(
                connection,
                "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('" + REFUSED
                        + "', 'id')::regclass), 0)");
    }

    /** Has the numbers of refused events go on, as whoever pages through them relies on. */
    static void continueRefused(Connection connection, long last) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT setval(pg_get_serial_sequence(?, 'id'), ?, false)")) {
            select.setString(1, REFUSED);
            select.setLong(2, last + 1);
            select.execute();
        }
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(Tables::quoted).toList());
    }
}
