package io.gamemetrics.infrastructure.eventstore;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.util.PSQLState;

/**
 * Appends a group in one transaction: whatever needs no position first, then the lock on the head row, then the events,
 * then COMMIT. The lock is held for one COPY and one flush to disk.
 */
final class GroupAppender {

    static final String COPY_KEYS = "COPY stream_key (stream, key, sequence) FROM STDIN BINARY";
    static final String COPY_EVENTS = "COPY events"
            + " (position, stored_at, stream, sequence, tenant, type, revision, payload) FROM STDIN BINARY";

    private final HikariDataSource connections;
    private final String takeHead;

    GroupAppender(HikariDataSource connections, Duration holdLimit) {
        this.connections = connections;
        // RETURNING runs when the row is locked, so the limit counts from then and not from BEGIN: waiting is not
        // holding.
        // A running timer is not restarted by a new value, only by 0 and a new value. Both end with the transaction.
        this.takeHead = """
                UPDATE stream_head
                SET position = position + ?, stored_at = greatest(stored_at, clock_timestamp())
                RETURNING position, incarnation, stored_at,
                          set_config('transaction_timeout', '0', true),
                          set_config('transaction_timeout', '%d', true)
                """.formatted(holdLimit.toMillis());
    }

    /** Appends a group that has at least one event. */
    Appended append(EventGroup group) {
        EventRows events = new EventRows(group.events());
        BinaryRows keys = KeyRows.of(group.events());
        try (Connection connection = connections.getConnection()) {
            try {
                return append(connection, group, events, keys);
            } catch (SQLException e) {
                throw refused(connection, e);
            }
        } catch (SQLException e) {
            throw new EventStoreException("the event store's database cannot be reached: " + e.getSQLState(), e);
        }
    }

    private Appended append(Connection connection, EventGroup group, EventRows events, BinaryRows keys)
            throws SQLException {
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        if (keys.rows() > 0) {
            copy(copies, COPY_KEYS, keys);
        }
        if (!group.rejected().isEmpty()) {
            copy(copies, RejectedEvents.COPY, RejectedEvents.rows(group.rejected()));
        }
        try (PreparedStatement head = connection.prepareStatement(takeHead)) {
            head.setLong(1, group.events().size());
            try (ResultSet row = head.executeQuery()) {
                row.next();
                Position last = new Position(row.getLong(2), row.getLong(1));
                events.place(
                        last.number(), row.getObject(3, OffsetDateTime.class).toInstant());
                copy(copies, COPY_EVENTS, events.rows());
                connection.commit();
                return new Appended(last, group.events().size());
            }
        }
    }

    static void copy(CopyManager copies, String sql, BinaryRows rows) throws SQLException {
        CopyIn copy = copies.copyIn(sql);
        try {
            copy.writeToCopy(rows.bytes(), 0, rows.size());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private EventStoreException refused(Connection connection, SQLException e) throws SQLException {
        if (PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState())) {
            connection.rollback();
            return new StaleStreamException(e);
        }
        // Whatever else it was, this connection may have been cut off: the next append shall not meet it.
        connections.evictConnection(connection);
        return new EventStoreException("the group was not confirmed by the database: " + e.getSQLState(), e);
    }
}
