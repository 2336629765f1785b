package io.gamemetrics.infrastructure.eventstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Every query for events. Each is one short transaction. */
final class EventQueries {

    private static final String COLUMNS =
            " e.position, e.stored_at, e.stream, e.sequence, e.tenant, e.type, e.revision, e.payload,"
                    + " (SELECT incarnation FROM stream_head) ";

    private final DataSource connections;

    EventQueries(DataSource connections) {
        this.connections = connections;
    }

    Position position() {
        return one("SELECT incarnation, position FROM stream_head");
    }

    Position newIncarnation() {
        return one("UPDATE stream_head SET incarnation = random(1::bigint, 9223372036854775807)"
                + " RETURNING incarnation, position");
    }

    List<StoredEvent> after(long position, int limit) {
        return events(
                "SELECT" + COLUMNS + "FROM events e WHERE e.position > ? ORDER BY e.position LIMIT ?",
                (connection, select) -> {
                    select.setLong(1, position);
                    select.setInt(2, limit);
                });
    }

    /** Whether the database has the checksum that {@link EventHash} takes of a payload. */
    boolean canHash() {
        return select("SELECT to_regprocedure('crc32c(bytea)') IS NOT NULL", (connection, select) -> {}, row -> {
            row.next();
            return row.getBoolean(1);
        });
    }

    List<EventDigest> digestsAfter(long position, int limit) {
        return select(
                "SELECT position, stream, sequence, type, crc32c(payload), (SELECT incarnation FROM stream_head)"
                        + " FROM events WHERE position > ? ORDER BY position LIMIT ?",
                (connection, select) -> {
                    select.setLong(1, position);
                    select.setInt(2, limit);
                },
                row -> {
                    List<EventDigest> digests = new ArrayList<>();
                    while (row.next()) {
                        long number = row.getLong(1);
                        UUID stream = row.getObject(2, UUID.class);
                        int type = row.getInt(4);
                        long hash = EventHash.of(number, stream, row.getLong(3), type, row.getLong(5));
                        digests.add(new EventDigest(new Position(row.getLong(6), number), stream, type, hash));
                    }
                    return digests;
                });
    }

    Instant storedAt(long position) {
        return select(
                "SELECT stored_at FROM events WHERE position = ?",
                (connection, select) -> select.setLong(1, position),
                row -> {
                    if (!row.next()) {
                        throw new EventStoreException("the event store is damaged: no position " + position, null);
                    }
                    return row.getObject(1, OffsetDateTime.class).toInstant();
                });
    }

    Map<Integer, Long> countByTenant(long after, long upTo, Set<Integer> types) {
        return select(
                "SELECT tenant, count(*) FROM events WHERE position > ? AND position <= ?"
                        + (types.isEmpty() ? "" : " AND type = ANY (?)") + " GROUP BY tenant",
                (connection, select) -> {
                    select.setLong(1, after);
                    select.setLong(2, upTo);
                    if (!types.isEmpty()) {
                        select.setArray(3, connection.createArrayOf("integer", types.toArray()));
                    }
                },
                rows -> {
                    Map<Integer, Long> counts = new HashMap<>();
                    while (rows.next()) {
                        counts.put(rows.getInt(1), rows.getLong(2));
                    }
                    return counts;
                });
    }

    List<StoredEvent> ofStream(UUID stream, long fromSequence, int limit) {
        return events(
                "SELECT" + COLUMNS + "FROM events e WHERE e.stream = ? AND e.sequence >= ? ORDER BY e.sequence LIMIT ?",
                (connection, select) -> {
                    select.setObject(1, stream);
                    select.setLong(2, fromSequence);
                    select.setInt(3, limit);
                });
    }

    Map<UUID, List<StoredEvent>> ofStreams(Map<UUID, Long> fromSequences) {
        List<UUID> streams = List.copyOf(fromSequences.keySet());
        return byStream(events(
                "SELECT" + COLUMNS + "FROM unnest(?::uuid[], ?::bigint[]) AS s (stream, sequence)"
                        + " CROSS JOIN LATERAL (SELECT * FROM events WHERE stream = s.stream AND sequence >= s.sequence"
                        + " OFFSET 0) AS e ORDER BY e.stream, e.sequence",
                (connection, select) -> {
                    select.setArray(1, connection.createArrayOf("uuid", streams.toArray()));
                    select.setArray(
                            2,
                            connection.createArrayOf(
                                    "bigint",
                                    streams.stream().map(fromSequences::get).toArray()));
                }));
    }

    Map<UUID, List<StoredEvent>> byLookupKeys(Map<UUID, ? extends Collection<Long>> keys) {
        List<UUID> streams = new ArrayList<>();
        List<Long> flat = new ArrayList<>();
        keys.forEach((stream, ofStream) -> ofStream.forEach(key -> {
            streams.add(stream);
            flat.add(key);
        }));
        return byStream(events(
                // Two keys may lead to one event. OFFSET 0 keeps the planner from joining by reading all keys there
                // are.
                "SELECT" + COLUMNS + "FROM (SELECT DISTINCT wanted.stream, found.sequence"
                        + " FROM unnest(?::uuid[], ?::bigint[]) AS wanted (stream, key) CROSS JOIN LATERAL ("
                        + "SELECT k.sequence FROM stream_key k WHERE k.stream = wanted.stream AND k.key = wanted.key"
                        + " OFFSET 0) AS found) AS place CROSS JOIN LATERAL (SELECT * FROM events"
                        + " WHERE stream = place.stream AND sequence = place.sequence OFFSET 0) AS e"
                        + " ORDER BY e.stream, e.sequence",
                (connection, select) -> {
                    select.setArray(1, connection.createArrayOf("uuid", streams.toArray()));
                    select.setArray(2, connection.createArrayOf("bigint", flat.toArray()));
                }));
    }

    Map<UUID, Long> heads(Collection<UUID> streams) {
        return select(
                """
                SELECT s.stream, head.sequence FROM unnest(?::uuid[]) AS s (stream)
                CROSS JOIN LATERAL (
                    SELECT sequence FROM events e WHERE e.stream = s.stream ORDER BY sequence DESC LIMIT 1) AS head
                """,
                (connection, select) -> select.setArray(1, connection.createArrayOf("uuid", streams.toArray())),
                row -> {
                    Map<UUID, Long> heads = new HashMap<>();
                    while (row.next()) {
                        heads.put(row.getObject(1, UUID.class), row.getLong(2));
                    }
                    return heads;
                });
    }

    private Position one(String sql) {
        return select(sql, (connection, select) -> {}, row -> {
            if (!row.next()) {
                throw new EventStoreException("the event store has no head row: its schema is damaged", null);
            }
            return new Position(row.getLong(1), row.getLong(2));
        });
    }

    private List<StoredEvent> events(String sql, Parameters parameters) {
        return select(sql, parameters, row -> {
            List<StoredEvent> events = new ArrayList<>();
            while (row.next()) {
                events.add(new StoredEvent(
                        new Position(row.getLong(9), row.getLong(1)),
                        row.getInt(5),
                        row.getObject(3, UUID.class),
                        row.getLong(4),
                        row.getInt(6),
                        row.getInt(7),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getBytes(8)));
            }
            return events;
        });
    }

    <T> T select(String sql, Parameters parameters, Rows<T> rows) {
        try (Connection connection = connections.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            parameters.set(connection, select);
            try (ResultSet row = select.executeQuery()) {
                return rows.read(row);
            }
        } catch (SQLException e) {
            throw new EventStoreException("the event store's database cannot be read: " + e.getSQLState(), e);
        }
    }

    private static Map<UUID, List<StoredEvent>> byStream(List<StoredEvent> events) {
        Map<UUID, List<StoredEvent>> byStream = new HashMap<>();
        for (StoredEvent event : events) {
            byStream.computeIfAbsent(event.stream(), stream -> new ArrayList<>())
                    .add(event);
        }
        return byStream;
    }

    interface Parameters {
        void set(Connection connection, PreparedStatement select) throws SQLException;
    }

    interface Rows<T> {
        T read(ResultSet row) throws SQLException;
    }
}
