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
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The log of events that were refused, encrypted, each until it expires. Safe for concurrent use. */
public final class RejectedEvents {

    static final String COPY = "COPY rejected_event (tenant, received_at, expires_at, code, sealed) FROM STDIN BINARY";

    private final DataSource connections;

    RejectedEvents(DataSource connections) {
        this.connections = connections;
    }

    /** One of the log's entries; its id is unique in the store. */
    public record Entry(long id, RejectedEvent event) {

        public Place place() {
            return new Place(event.receivedAt(), id);
        }
    }

    /** Where an entry stands among all of its tenant's: by when it was received, to the microsecond, then by id. */
    public record Place(Instant receivedAt, long id) {}

    /** How many entries one code has, and when the first and the last of them were received. */
    public record CodeCount(String code, long count, Instant oldest, Instant newest) {}

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
     * Entries, the latest first.
     *
     * @param before only those that stand before this place; absent: from the latest
     * @param limit at most so many
     * @param maxBytes at most so many sealed bytes in all, but one entry in any case
     */
    public List<Entry> newestFirst(RejectedEventsQuery query, @Nullable Place before, int limit, long maxBytes) {
        return use(connection -> query.page(connection, before, limit, maxBytes, "DESC"));
    }

    /**
     * Entries, the earliest first.
     *
     * @param after only those that stand after this place; absent: from the earliest
     * @param limit at most so many
     * @param maxBytes at most so many sealed bytes in all, but one entry in any case
     */
    public List<Entry> oldestFirst(RejectedEventsQuery query, @Nullable Place after, int limit, long maxBytes) {
        return use(connection -> query.page(connection, after, limit, maxBytes, "ASC"));
    }

    /** How many entries there are. Reads the index over all of them. */
    public long count(RejectedEventsQuery query) {
        return use(query::count);
    }

    /** How many entries a tenant has, expired ones that are not deleted yet included. */
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

    /** A tenant's entries by code, the most frequent first; those that have expired by {@code now} are left out. */
    public List<CodeCount> countByCode(int tenant, Instant now) {
        return use(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    SELECT code, count(*), min(received_at), max(received_at) FROM rejected_event
                    WHERE tenant = ? AND expires_at > ? GROUP BY code ORDER BY 2 DESC, 1
                    """)) {
                select.setInt(1, tenant);
                select.setObject(2, now.atOffset(ZoneOffset.UTC));
                List<CodeCount> counts = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        counts.add(new CodeCount(row.getString(1), row.getLong(2), instant(row, 3), instant(row, 4)));
                    }
                }
                return counts;
            }
        });
    }

    /**
     * Deletes some entries of a tenant and writes the code and the sealed bytes of others anew, all or nothing, durable
     * when this returns. An entry that is no longer there is passed over.
     */
    public void settle(int tenant, Collection<Long> gone, Collection<Entry> changed) {
        use(connection -> {
            connection.setAutoCommit(false);
            try (PreparedStatement delete = connection.prepareStatement(
                            "DELETE FROM rejected_event WHERE tenant = ? AND id = ANY (?)");
                    PreparedStatement update = connection.prepareStatement(
                            "UPDATE rejected_event SET code = ?, sealed = ? WHERE tenant = ? AND id = ?")) {
                delete.setInt(1, tenant);
                delete.setArray(2, connection.createArrayOf("bigint", gone.toArray()));
                delete.executeUpdate();
                for (Entry entry : changed) {
                    update.setString(1, entry.event().code());
                    update.setBytes(2, entry.event().sealed());
                    update.setInt(3, tenant);
                    update.setLong(4, entry.id());
                    update.addBatch();
                }
                update.executeBatch();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
            return gone.size();
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

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
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
