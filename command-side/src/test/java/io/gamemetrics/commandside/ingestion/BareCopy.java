package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The very rows that a store holds, copied in binary into another one's tables, with the same indexes and a commit every
 * thousand rows, by nobody who decides, encrypts or takes a position.
 */
final class BareCopy {

    private static final int GROUP = 1_000;
    private static final int THREADS = 2;

    private final String from;
    private final String to = TestPostgres.newDatabase();

    private record Group(byte[] events, byte[] keys) {}

    BareCopy(String from) {
        this.from = from;
        PostgresEventStore.open(EventStoreSettings.of(to, "", "")).close();
    }

    /** Rows in a second, of the last {@code rows} of the store, or of all if there are fewer. */
    long perSecond(int rows) throws Exception {
        ConcurrentLinkedQueue<Group> groups = new ConcurrentLinkedQueue<>(groups(rows));
        long count = (long) groups.size() * GROUP;
        try (Connection connection = DriverManager.getConnection(to);
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE events, stream_key");
        }
        long begun = System.nanoTime();
        IngestSenders.all(THREADS, () -> copyAll(groups));
        return count * 1_000_000_000L / (System.nanoTime() - begun);
    }

    private long copyAll(ConcurrentLinkedQueue<Group> groups) throws Exception {
        try (Connection connection = DriverManager.getConnection(to)) {
            connection.setAutoCommit(false);
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            for (Group group = groups.poll(); group != null; group = groups.poll()) {
                copies.copyIn("COPY stream_key FROM STDIN BINARY", new ByteArrayInputStream(group.keys));
                copies.copyIn("COPY events FROM STDIN BINARY", new ByteArrayInputStream(group.events));
                connection.commit();
            }
        }
        return 0;
    }

    private List<Group> groups(int rows) throws Exception {
        List<Group> groups = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(from)) {
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            long last = lastPosition(connection);
            for (long at = Math.max(0, last - rows); at + GROUP <= last; at += GROUP) {
                String which = "FROM events e WHERE e.position > " + at + " AND e.position <= " + (at + GROUP);
                groups.add(new Group(
                        out(copies, "SELECT e.* " + which + " ORDER BY e.position"),
                        out(
                                copies,
                                "SELECT k.* FROM stream_key k JOIN (SELECT e.stream, e.sequence " + which
                                        + ") AS e ON e.stream = k.stream AND e.sequence = k.sequence")));
            }
        }
        return groups;
    }

    private static long lastPosition(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT position FROM stream_head")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static byte[] out(CopyManager copies, String query) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        copies.copyOut("COPY (" + query + ") TO STDOUT BINARY", bytes);
        return bytes.toByteArray();
    }
}
