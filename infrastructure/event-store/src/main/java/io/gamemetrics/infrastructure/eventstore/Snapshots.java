package io.gamemetrics.infrastructure.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table of snapshots: one a stream, the latest wins. */
final class Snapshots {

    private final DataSource connections;
    private final EventQueries queries;

    Snapshots(DataSource connections) {
        this.connections = connections;
        this.queries = new EventQueries(connections);
    }

    Map<UUID, StoredSnapshot> latest(Collection<UUID> streams) {
        return queries.select(
                "SELECT s.stream, s.sequence, s.sealed FROM unnest(?::uuid[]) AS wanted (stream) CROSS JOIN LATERAL"
                        + " (SELECT * FROM snapshot WHERE stream = wanted.stream OFFSET 0) AS s",
                (connection, select) -> select.setArray(1, connection.createArrayOf("uuid", streams.toArray())),
                row -> {
                    Map<UUID, StoredSnapshot> latest = new HashMap<>();
                    while (row.next()) {
                        UUID stream = row.getObject(1, UUID.class);
                        latest.put(stream, new StoredSnapshot(stream, row.getLong(2), row.getBytes(3)));
                    }
                    return latest;
                });
    }

    List<StoredSnapshot> after(@Nullable UUID stream, int limit) {
        return queries.select(
                "SELECT stream, sequence, sealed FROM snapshot WHERE (?::uuid IS NULL OR stream > ?) ORDER BY stream LIMIT ?",
                (connection, select) -> {
                    select.setObject(1, stream);
                    select.setObject(2, stream);
                    select.setInt(3, limit);
                },
                row -> {
                    List<StoredSnapshot> page = new ArrayList<>();
                    while (row.next()) {
                        page.add(new StoredSnapshot(row.getObject(1, UUID.class), row.getLong(2), row.getBytes(3)));
                    }
                    return page;
                });
    }

    long delete(Collection<UUID> streams) {
        try (Connection connection = connections.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM snapshot WHERE stream = ANY (?::uuid[])")) {
            delete.setArray(1, connection.createArrayOf("uuid", streams.toArray()));
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw new EventStoreException("the snapshots cannot be deleted: " + e.getSQLState(), e);
        }
    }

    void store(Collection<StoredSnapshot> snapshots) {
        // In one order for everybody, each row locked on its own: no deadlock between two that write the same streams.
        List<StoredSnapshot> ordered = snapshots.stream()
                .sorted(Comparator.comparing(StoredSnapshot::stream))
                .toList();
        try (Connection connection = connections.getConnection();
                PreparedStatement upsert = connection.prepareStatement("""
                        INSERT INTO snapshot (stream, sequence, sealed) VALUES (?, ?, ?)
                        ON CONFLICT (stream) DO UPDATE SET sequence = excluded.sequence, sealed = excluded.sealed
                        WHERE snapshot.sequence < excluded.sequence
                        """)) {
            for (StoredSnapshot snapshot : ordered) {
                upsert.setObject(1, snapshot.stream());
                upsert.setLong(2, snapshot.sequence());
                upsert.setBytes(3, snapshot.sealed());
                upsert.addBatch();
            }
            upsert.executeBatch();
        } catch (SQLException e) {
            throw new EventStoreException("the snapshots cannot be stored: " + e.getSQLState(), e);
        }
    }
}
