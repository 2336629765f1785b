package io.gamemetrics.infrastructure.readstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints and parked events of one projection, in tables {@code checkpoint} and {@code parked} of its store's
 * schema. Every method runs in the caller's transaction, so a checkpoint moves only together with what the events
 * changed. Holds no state; safe for concurrent use with a connection each.
 */
public final class PostgresCheckpoints {

    /** The Flyway location that makes the tables; a store names it beside its own and gives its schema as default. */
    public static final String MIGRATIONS = "classpath:db/read-store";

    private static final String PLACE = "incarnation, position, stream, sequence, cause";

    private static final Pattern SCHEMA = Pattern.compile("[a-z][a-z0-9_]*");

    private final String table;
    private final String parkedTable;
    private final String projection;

    /**
     * @param schema the store's schema, a plain lower-case name
     * @param projection the projection's stable name
     */
    public PostgresCheckpoints(String schema, String projection) {
        this.table = plain(schema) + ".checkpoint";
        this.parkedTable = schema + ".parked";
        this.projection = projection;
    }

    /** The schema's name, fit to be put into a statement. */
    static String plain(String schema) {
        if (!SCHEMA.matcher(schema).matches()) {
            throw new IllegalArgumentException("schema must be a plain lower-case name: " + schema);
        }
        return schema;
    }

    /** The partition's checkpoint; absent before its first batch. */
    public @Nullable Checkpoint read(Connection connection, int partition) throws SQLException {
        return readAll(connection).get(partition);
    }

    /** All partitions' checkpoints, by partition; those without a batch so far are missing. */
    public Map<Integer, Checkpoint> readAll(Connection connection) throws SQLException {
        String sql =
                "SELECT partition, incarnation, position, as_of, next_offset, handled_count, handled_checksum FROM "
                        + table + " WHERE projection = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, projection);
            try (ResultSet rows = statement.executeQuery()) {
                Map<Integer, Checkpoint> checkpoints = new TreeMap<>();
                while (rows.next()) {
                    checkpoints.put(
                            rows.getInt(1),
                            new Checkpoint(
                                    new Position(rows.getLong(2), rows.getLong(3)),
                                    rows.getObject(4, OffsetDateTime.class).toInstant(),
                                    rows.getLong(5),
                                    rows.getLong(6),
                                    rows.getLong(7)));
                }
                return checkpoints;
            }
        }
    }

    /**
     * The checkpoint of the partition that is furthest behind: everything at or before it has been handled everywhere.
     *
     * @param partitions how many partitions the projection reads; absent while one of them has none
     */
    public Optional<Checkpoint> least(Connection connection, int partitions) throws SQLException {
        Map<Integer, Checkpoint> all = readAll(connection);
        return all.size() < partitions
                ? Optional.empty()
                : all.values().stream()
                        .min(Comparator.comparingLong(c -> c.position().number()));
    }

    /**
     * Moves the partition's checkpoint if it still is the expected one. Holds the checkpoint's row until the
     * transaction ends, so call it first: a second writer waits there and is then refused.
     *
     * @param expected what this batch began from; absent for the first
     * @return false when another instance has moved it: the caller must roll back
     */
    public boolean compareAndSet(Connection connection, int partition, @Nullable Checkpoint expected, Checkpoint next)
            throws SQLException {
        return expected == null ? insert(connection, partition, next) : update(connection, partition, expected, next);
    }

    /**
     * Notes events that were not applied, and takes the places away of those that are now. An event that is parked already
     * takes the new cause.
     *
     * @param released events that are parked
     * @return false when one of {@code released} is not: another instance has applied it, and the caller must roll back
     */
    public boolean park(
            Connection connection, int partition, Collection<ParkedEvent> parked, Collection<ParkedEvent> released)
            throws SQLException {
        if (!release(connection, partition, released)) {
            return false;
        }
        String sql = "INSERT INTO " + parkedTable
                + " (projection, partition, incarnation, position, stream, sequence, cause) VALUES (?,?,?,?,?,?,?)"
                + " ON CONFLICT (projection, partition, incarnation, position) DO UPDATE SET cause = excluded.cause";
        if (!parked.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (ParkedEvent event : parked) {
                    statement.setString(1, projection);
                    statement.setInt(2, partition);
                    statement.setLong(3, event.position().incarnation());
                    statement.setLong(4, event.position().number());
                    statement.setObject(5, event.stream());
                    statement.setLong(6, event.sequence());
                    statement.setString(7, event.cause());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
        return true;
    }

    /**
     * Takes away the places of all parked events of a stream: what they say is to be forgotten.
     *
     * @return how many
     */
    public int forget(Connection connection, UUID stream) throws SQLException {
        String sql = "DELETE FROM " + parkedTable + " WHERE projection = ? AND stream = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, projection);
            statement.setObject(2, stream);
            return statement.executeUpdate();
        }
    }

    private boolean release(Connection connection, int partition, Collection<ParkedEvent> released)
            throws SQLException {
        if (released.isEmpty()) {
            return true;
        }
        String sql = "DELETE FROM " + parkedTable + " WHERE projection = ? AND partition = ? AND incarnation = ?"
                + " AND position = ANY (?)";
        int gone = 0;
        for (Map.Entry<Long, List<ParkedEvent>> life : released.stream()
                .collect(Collectors.groupingBy(event -> event.position().incarnation()))
                .entrySet()) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, projection);
                statement.setInt(2, partition);
                statement.setLong(3, life.getKey());
                Object[] numbers = life.getValue().stream()
                        .map(event -> event.position().number())
                        .toArray();
                statement.setArray(4, connection.createArrayOf("int8", numbers));
                gone += statement.executeUpdate();
            }
        }
        return gone == released.size();
    }

    /** Streams with parked events in this partition, in order of their first: whatever comes of them later waits too. */
    public List<QuarantinedStream> quarantined(Connection connection, int partition) throws SQLException {
        String sql = "SELECT DISTINCT ON (stream) " + PLACE
                + ", max(position) OVER of_stream, count(*) OVER of_stream FROM " + parkedTable
                + " WHERE projection = ? AND partition = ? WINDOW of_stream AS (PARTITION BY stream)"
                + " ORDER BY stream, incarnation, position";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, projection);
            statement.setInt(2, partition);
            try (ResultSet rows = statement.executeQuery()) {
                List<QuarantinedStream> streams = new ArrayList<>();
                while (rows.next()) {
                    ParkedEvent first = place(rows);
                    Position last = new Position(first.position().incarnation(), rows.getLong(6));
                    streams.add(new QuarantinedStream(first, last, rows.getLong(7)));
                }
                streams.sort(Comparator.comparingLong(
                        stream -> stream.first().position().number()));
                return streams;
            }
        }
    }

    /** The first parked events of a stream, in order; at most so many. */
    public List<ParkedEvent> parked(Connection connection, int partition, UUID stream, int most) throws SQLException {
        String sql = "SELECT " + PLACE + " FROM " + parkedTable
                + " WHERE projection = ? AND partition = ? AND stream = ? ORDER BY incarnation, position LIMIT ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, projection);
            statement.setInt(2, partition);
            statement.setObject(3, stream);
            statement.setInt(4, most);
            try (ResultSet rows = statement.executeQuery()) {
                List<ParkedEvent> events = new ArrayList<>();
                while (rows.next()) {
                    events.add(place(rows));
                }
                return events;
            }
        }
    }

    private static ParkedEvent place(ResultSet rows) throws SQLException {
        return new ParkedEvent(
                new Position(rows.getLong(1), rows.getLong(2)),
                rows.getObject(3, UUID.class),
                rows.getLong(4),
                rows.getString(5));
    }

    private boolean insert(Connection connection, int partition, Checkpoint next) throws SQLException {
        String sql = "INSERT INTO " + table
                + " (incarnation, position, as_of, next_offset, handled_count, handled_checksum, projection, partition)"
                + " VALUES (?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, partition, next);
            return statement.executeUpdate() == 1;
        }
    }

    private boolean update(Connection connection, int partition, Checkpoint expected, Checkpoint next)
            throws SQLException {
        String sql = "UPDATE " + table
                + " SET incarnation = ?, position = ?, as_of = ?, next_offset = ?, handled_count = ?,"
                + " handled_checksum = ?, moved_at = clock_timestamp()"
                + " WHERE projection = ? AND partition = ? AND incarnation = ? AND position = ? AND next_offset = ?"
                + " AND handled_count = ? AND handled_checksum = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, partition, next);
            statement.setLong(9, expected.position().incarnation());
            statement.setLong(10, expected.position().number());
            statement.setLong(11, expected.nextOffset());
            statement.setLong(12, expected.handledCount());
            statement.setLong(13, expected.handledChecksum());
            return statement.executeUpdate() == 1;
        }
    }

    private void bind(PreparedStatement statement, int partition, Checkpoint next) throws SQLException {
        statement.setLong(1, next.position().incarnation());
        statement.setLong(2, next.position().number());
        statement.setObject(3, utc(next.asOf()));
        statement.setLong(4, next.nextOffset());
        statement.setLong(5, next.handledCount());
        statement.setLong(6, next.handledChecksum());
        statement.setString(7, projection);
        statement.setInt(8, partition);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
