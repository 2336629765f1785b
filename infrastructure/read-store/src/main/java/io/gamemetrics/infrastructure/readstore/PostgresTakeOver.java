package io.gamemetrics.infrastructure.readstore;

import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fills a version's new tables with another version's rows, all of one snapshot, in one transaction, which says in the same
 * tables that it was done. The other version is read and written meanwhile. Used by one thread, once.
 */
public final class PostgresTakeOver {

    private final ModelSchema into;
    private final ModelSchema from;
    private final String projection;
    private final LeftOut leftOut;

    /**
     * @param into the version that is filled, migrated
     * @param from the version that is read
     * @param projection the projection's stable name, under which its checkpoints are kept
     * @param leftOut games whose rows are not taken
     */
    public PostgresTakeOver(ModelSchema into, ModelSchema from, String projection, LeftOut leftOut) {
        this.into = into;
        this.from = from;
        this.projection = projection;
        this.leftOut = leftOut;
    }

    /** Copies a store's rows. */
    @FunctionalInterface
    public interface Rows {

        /** In a transaction of its own; tables of the version that is filled need no schema. */
        void copy(Connection connection) throws SQLException;
    }

    /**
     * Takes over, or tells what was taken over before. An interrupt breaks it off within moments, and nothing is taken then.
     *
     * @param locked a table of the other version's whose partitions must not be dropped meanwhile; absent: none
     * @return how far each partition's events are in it, by partition
     * @throws IllegalStateException when the version has begun to handle events, or took over something else
     * @throws SQLException when it could not, or was broken off: the thread is still interrupted then
     */
    public Map<Integer, Position> run(@Nullable String locked, Rows rows) throws SQLException {
        try (Connection connection = into.connect()) {
            Breakable breakable = new Breakable(into, connection);
            connection.setAutoCommit(false);
            try {
                Map<Integer, Position> positions = breakable.run(() -> takeOrTell(connection, locked, rows));
                connection.commit();
                return positions;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private Map<Integer, Position> takeOrTell(Connection connection, @Nullable String locked, Rows rows)
            throws SQLException {
        // Locks come before the snapshot, so that it shows what another who had them did.
        execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        execute(connection, "LOCK TABLE taken_over IN EXCLUSIVE MODE");
        if (locked != null) {
            execute(connection, "LOCK TABLE " + table(locked) + " IN ACCESS SHARE MODE");
        }
        return done(connection) ? positions(connection) : take(connection, rows);
    }

    private boolean done(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT from_schema, left_out FROM taken_over")) {
            if (!row.next()) {
                return false;
            }
            Array games = row.getArray(2);
            Set<Integer> before = new TreeSet<>(List.of((Integer[]) games.getArray()));
            if (!row.getString(1).equals(from.name()) || !before.equals(leftOut.games())) {
                throw new IllegalStateException(
                        "another take-over was done: from=" + row.getString(1) + " leftOut=" + before);
            }
            return true;
        }
    }

    private Map<Integer, Position> take(Connection connection, Rows rows) throws SQLException {
        if (!new PostgresCheckpoints(into.name(), projection)
                .readAll(connection)
                .isEmpty()) {
            throw new IllegalStateException("the version has begun to handle events: schema=" + into.name());
        }
        rows.copy(connection);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO taken_over (from_schema, left_out) VALUES (?, ?)")) {
            insert.setString(1, from.name());
            insert.setArray(2, connection.createArrayOf("int4", leftOut.games().toArray()));
            insert.executeUpdate();
        }
        execute(
                connection,
                "INSERT INTO taken_over_position (partition, incarnation, position) SELECT partition, incarnation,"
                        + " position FROM " + table("checkpoint") + " WHERE projection = '" + projection + "'");
        return positions(connection);
    }

    private static Map<Integer, Position> positions(Connection connection) throws SQLException {
        Map<Integer, Position> positions = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT partition, incarnation, position FROM taken_over_position")) {
            while (rows.next()) {
                positions.put(rows.getInt(1), new Position(rows.getLong(2), rows.getLong(3)));
            }
        }
        return positions;
    }

    /** The other version's table of that name. */
    public String table(String name) {
        return from.name() + "." + name;
    }

    /** A condition: the game of that column is not left out. */
    public String taken(String game) {
        return "NOT (" + isLeftOut(game) + ")";
    }

    /** A condition: the game of that column is left out. */
    public String isLeftOut(String game) {
        return game + " = ANY('{"
                + leftOut.games().stream().map(Object::toString).collect(Collectors.joining(",")) + "}'::int[])";
    }

    /**
     * Copies rows of the other version's table of the same name, all columns of them.
     *
     * @param where which; the row is called {@code e}
     * @return how many
     */
    public long copy(Connection connection, String table, String where) throws SQLException {
        String columns = columns(connection, table);
        return execute(
                connection,
                "INSERT INTO " + table + " (" + columns + ") OVERRIDING SYSTEM VALUE SELECT " + columns + " FROM "
                        + table(table) + " e WHERE " + where);
    }

    /** Copies the places of what waits, but of games that are left out. */
    public void copyParked(Connection connection) throws SQLException {
        String rebuilt = waiting(connection).stream()
                .filter(leftOut::has)
                .map(stream -> stream.stream().toString())
                .collect(Collectors.joining(","));
        copy(connection, "parked", "e.stream <> ALL('{" + rebuilt + "}'::uuid[])");
    }

    /** Of all partitions. */
    private List<QuarantinedStream> waiting(Connection connection) throws SQLException {
        List<Integer> partitions = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT partition FROM " + table("parked")
                        + " WHERE projection = '" + projection + "'")) {
            while (rows.next()) {
                partitions.add(rows.getInt(1));
            }
        }
        PostgresCheckpoints other = new PostgresCheckpoints(from.name(), projection);
        List<QuarantinedStream> waiting = new ArrayList<>();
        for (int partition : partitions) {
            waiting.addAll(other.quarantined(connection, partition));
        }
        return waiting;
    }

    /** By name: what a later build adds is not forgotten, and need not stand in the same place. */
    private static String columns(Connection connection, String table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT attname FROM pg_attribute WHERE attrelid = '" + table
                        + "'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return String.join(", ", names);
    }

    /** @return how many rows it changed */
    public static long execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return statement.executeLargeUpdate();
        }
    }
}
