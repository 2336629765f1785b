package io.gamemetrics.infrastructure.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** The log of events that were refused, encrypted, each until it expires. Safe for concurrent use. */
public final class RejectedEvents {

    static final String COPY = "COPY rejected_event (tenant, received_at, expires_at, code, sealed) FROM STDIN BINARY";

    private final DataSource connections;

    RejectedEvents(DataSource connections) {
        this.connections = connections;
    }

    /** One of the log's entries; later ones have larger ids, with gaps. */
    public record Entry(long id, RejectedEvent event) {}

    /** Keeps these, durable when this returns; those of a group of events go into {@link EventGroup} instead. */
    public void append(Collection<RejectedEvent> rejected) {
        if (rejected.isEmpty()) {
            return;
        }
        use(connection -> {
            GroupAppender.copy(connection.unwrap(PGConnection.class).getCopyAPI(), COPY, rows(rejected));
            return rejected.size();
        });
    }

    /**
     * A tenant's entries, the latest first.
     *
     * @param beforeId only those with smaller ids: the last id of the page before, or {@link Long#MAX_VALUE} for the first
     * @param limit at most so many
     */
    public List<Entry> page(int tenant, long beforeId, int limit) {
        return use(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    SELECT id, tenant, received_at, expires_at, code, sealed FROM rejected_event
                    WHERE tenant = ? AND id < ? ORDER BY id DESC LIMIT ?
                    """)) {
                select.setInt(1, tenant);
                select.setLong(2, beforeId);
                select.setInt(3, limit);
                List<Entry> entries = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        entries.add(new Entry(
                                row.getLong(1),
                                new RejectedEvent(
                                        row.getInt(2),
                                        row.getObject(3, OffsetDateTime.class).toInstant(),
                                        row.getObject(4, OffsetDateTime.class).toInstant(),
                                        row.getString(5),
                                        row.getBytes(6))));
                    }
                }
                return entries;
            }
        });
    }

    /** How many entries a tenant has. */
    public long count(int tenant) {
        return use(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT count(*) FROM rejected_event WHERE tenant = ?")) {
                select.setInt(1, tenant);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /**
     * Deletes entries that have expired by {@code now}, the oldest first.
     *
     * @param limit at most so many, so that the transaction stays short; call again while it answers this many
     * @return how many it deleted
     */
    public int deleteExpired(Instant now, int limit) {
        return use(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("""
                    DELETE FROM rejected_event WHERE id IN (
                        SELECT id FROM rejected_event WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)
                    """)) {
                delete.setObject(1, now.atOffset(ZoneOffset.UTC));
                delete.setInt(2, limit);
                return delete.executeUpdate();
            }
        });
    }

    static BinaryRows rows(Collection<RejectedEvent> rejected) {
        BinaryRows rows = new BinaryRows(1_024 * rejected.size());
        for (RejectedEvent event : rejected) {
            rows.row(5);
            rows.int4(event.tenant());
            rows.timestamp(event.receivedAt());
            rows.timestamp(event.expiresAt());
            rows.text(event.code());
            rows.bytea(event.sealed());
        }
        rows.end();
        return rows;
    }

    private <T> T use(Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            return work.in(connection);
        } catch (SQLException e) {
            throw new EventStoreException("the log of rejected events cannot be reached: " + e.getSQLState(), e);
        }
    }

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }
}
