package io.gamemetrics.infrastructure.replays;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * What a version goes by for good, noted when it is begun: whoever opens it, however often, finds the same. Safe for
 * concurrent use, also by several processes. Every method throws {@link ReplaysException} when the database can't be asked.
 */
public final class BegunWith {

    /** Says that the rest was noted, also when that is nothing. */
    private static final String NOTED = "";

    private final Sql sql;

    /** @param database one {@link ReplaysSchema#migrate} has been run on */
    public BegunWith(DataSource database) {
        this.sql = new Sql(database);
    }

    /**
     * What was noted for a version.
     *
     * @param first what is to be noted where nothing was; asked for at most once, by one of all who come
     * @return values by name
     */
    public Map<String, String> of(String projection, int version, Supplier<Map<String, String>> first) {
        return sql.change("settings of " + projection, connection -> {
            try (PreparedStatement alone =
                    connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, ?))")) {
                alone.setString(1, "begun-with-" + projection);
                alone.setLong(2, version);
                alone.execute();
            }
            Map<String, String> noted = read(connection, projection, version);
            if (!noted.containsKey(NOTED)) {
                noted = new TreeMap<>(first.get());
                noted.put(NOTED, "");
                write(connection, projection, version, noted);
            }
            noted.remove(NOTED);
            return noted;
        });
    }

    private static Map<String, String> read(Connection connection, String projection, int version) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT name, value FROM replays.begun_with WHERE projection = ? AND version = ?")) {
            select.setString(1, projection);
            select.setInt(2, version);
            try (ResultSet rows = select.executeQuery()) {
                Map<String, String> values = new TreeMap<>();
                while (rows.next()) {
                    values.put(rows.getString(1), rows.getString(2));
                }
                return values;
            }
        }
    }

    private static void write(Connection connection, String projection, int version, Map<String, String> values)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO replays.begun_with (projection, version, name, value) VALUES (?, ?, ?, ?)")) {
            for (Map.Entry<String, String> value : values.entrySet()) {
                insert.setString(1, projection);
                insert.setInt(2, version);
                insert.setString(3, value.getKey());
                insert.setString(4, value.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
