package io.gamemetrics.infrastructure.readstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints and parked events of one projection, in tables {@code checkpoint} and {@code parked} of its store's
 * schema. Every method runs in the caller's transaction, so a checkpoint moves only together with what the events
 * changed. Holds no state; safe for concurrent use with a connection each.
 */
public final class PostgresCheckpoints {

    /** The Flyway location that makes the tables; a store names it beside its own and gives its schema as default. */
    public static final String MIGRATIONS = "classpath:db/read-store";

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

    /** Notes that an event was not applied. Again is the same. */
    public void park(Connection connection, int partition, Position position, UUID stream, long sequence, String cause)
            throws SQLException {
        String sql = "INSERT INTO " + parkedTable
                + " (projection, partition, incarnation, position, stream, sequence, cause) VALUES (?,?,?,?,?,?,?)"
                + " ON CONFLICT DO NOTHING";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, projection);
            statement.setInt(2, partition);
            statement.setLong(3, position.incarnation());
            statement.setLong(4, position.number());
            statement.setObject(5, stream);
            statement.setLong(6, sequence);
            statement.setString(7, cause);
            statement.executeUpdate();
        }
    }

    /** Streams with parked events in this partition: whatever comes of them later has to wait too. */
    public Set<UUID> quarantined(Connection connection, int partition) throws SQLException {
        String sql = "SELECT DISTINCT stream FROM " + parkedTable + " WHERE projection = ? AND partition = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, projection);
            statement.setInt(2, partition);
            try (ResultSet rows = statement.executeQuery()) {
                Set<UUID> streams = new HashSet<>();
                while (rows.next()) {
                    streams.add(rows.getObject(1, UUID.class));
                }
                return streams;
            }
        }
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
