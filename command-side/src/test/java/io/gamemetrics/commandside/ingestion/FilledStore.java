package io.gamemetrics.commandside.ingestion;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A store filled by its own server, fast, with rows as long as its events are: streams of ten events of players whom nobody
 * asks for, each with its lookup key. What they hold is not an event.
 */
record FilledStore(String url) {

    private static final int PIECE = 500_000;
    private static final int STREAM = 10;

    /** Adds so many events; those it added before are {@code already}. */
    void fill(long already, long count) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            int bytes = averageBytes(connection);
            for (long done = 0; done < count; done += PIECE) {
                piece(connection, already + done, Math.min(PIECE, count - done), bytes);
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("VACUUM (ANALYZE) events, stream_key");
                statement.execute("CHECKPOINT");
            }
        }
    }

    private static int averageBytes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT coalesce(avg(octet_length(payload)), 250) FROM (SELECT payload FROM events"
                                + " ORDER BY position DESC LIMIT 10000) AS latest")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void piece(Connection connection, long first, long count, int bytes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                WITH head AS (
                    UPDATE stream_head SET position = position + ?, stored_at = greatest(stored_at, now())
                    RETURNING position - ? AS before, stored_at),
                made AS (
                    SELECT head.before + g AS position, head.stored_at, (? + g - 1) % ? AS sequence,
                        md5('stream ' || (? + g - 1) / ?)::uuid AS stream, md5('event ' || ? + g) AS noise
                    FROM head, generate_series(1, ?) AS g),
                keyed AS (
                    INSERT INTO stream_key (stream, key, sequence)
                    SELECT stream, ('x' || substr(noise, 1, 16))::bit(64)::bigint, sequence FROM made)
                INSERT INTO events (position, stored_at, sequence, tenant, type, stream, revision, payload)
                SELECT position, stored_at, sequence, 1000000, 1, stream, 1,
                    substr(decode(repeat(noise, ? / 16 + 1), 'hex'), 1, ?) FROM made""")) {
            insert.setLong(1, count);
            insert.setLong(2, count);
            insert.setLong(3, first);
            insert.setInt(4, STREAM);
            insert.setLong(5, first);
            insert.setInt(6, STREAM);
            insert.setLong(7, first);
            insert.setLong(8, count);
            insert.setInt(9, bytes);
            insert.setInt(10, bytes);
            insert.executeUpdate();
        }
    }
}
