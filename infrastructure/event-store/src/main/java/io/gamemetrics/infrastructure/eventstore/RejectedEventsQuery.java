package io.gamemetrics.infrastructure.eventstore;

import io.gamemetrics.infrastructure.eventstore.RejectedEvents.Entry;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a tenant's log are meant: those that have not expired by {@code now} and fit all that is said.
 *
 * @param code absent: of any code
 * @param from received then or later; absent: since ever
 * @param until received earlier than that; absent: till now
 * @param ids only these; absent: all
 */
public record RejectedEventsQuery(
        int tenant,
        Instant now,
        @Nullable String code,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable List<Long> ids) {

    /** All that a tenant has. */
    public static RejectedEventsQuery all(int tenant, Instant now) {
        return new RejectedEventsQuery(tenant, now, null, null, null, null);
    }

    /** The same, of one code. */
    public RejectedEventsQuery ofCode(@Nullable String only) {
        return new RejectedEventsQuery(tenant, now, only, from, until, ids);
    }

    /** The same, received within this half-open range. */
    public RejectedEventsQuery received(@Nullable Instant fromThen, @Nullable Instant untilThen) {
        return new RejectedEventsQuery(tenant, now, code, fromThen, untilThen, ids);
    }

    /** The same, of these entries only. */
    public RejectedEventsQuery among(@Nullable List<Long> only) {
        return new RejectedEventsQuery(tenant, now, code, from, until, only);
    }

    long count(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT count(*) FROM rejected_event WHERE " + conditions())) {
            bind(connection, select);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Lengths are summed without reading the bytes themselves, so that an oversized entry is fetched alone. */
    List<Entry> page(Connection connection, @Nullable Place beyond, int limit, long maxBytes, String direction)
            throws SQLException {
        String order = " ORDER BY received_at " + direction + ", id " + direction;
        String sql = """
                SELECT r.id, r.tenant, r.received_at, r.expires_at, r.code, r.sealed
                FROM rejected_event r JOIN (
                    SELECT id, sum(octet_length(sealed)) OVER (%1$s) AS bytes, row_number() OVER (%1$s) AS place
                    FROM (SELECT id, received_at, sealed FROM rejected_event WHERE %2$s %3$s %1$s LIMIT ?) AS those
                ) AS chosen USING (id)
                WHERE chosen.bytes <= ? OR chosen.place = 1 ORDER BY chosen.place
                """.formatted(
                order.strip(),
                conditions(),
                beyond == null ? "" : "AND (received_at, id) " + (direction.equals("ASC") ? ">" : "<") + " (?, ?)");
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int next = bind(connection, select);
            if (beyond != null) {
                select.setObject(next++, beyond.receivedAt().atOffset(ZoneOffset.UTC));
                select.setLong(next++, beyond.id());
            }
            select.setInt(next++, limit);
            select.setLong(next, maxBytes);
            List<Entry> entries = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(new Entry(
                            row.getLong(1),
                            new RejectedEvent(
                                    row.getInt(2),
                                    RejectedEvents.instant(row, 3),
                                    RejectedEvents.instant(row, 4),
                                    row.getString(5),
                                    row.getBytes(6))));
                }
            }
            return entries;
        }
    }

    private String conditions() {
        return "tenant = ? AND expires_at > ?"
                + (code == null ? "" : " AND code = ?")
                + (from == null ? "" : " AND received_at >= ?")
                + (until == null ? "" : " AND received_at < ?")
                + (ids == null ? "" : " AND id = ANY (?)");
    }

    /** @return the number of the next parameter */
    private int bind(Connection connection, PreparedStatement statement) throws SQLException {
        int next = 1;
        statement.setInt(next++, tenant);
        statement.setObject(next++, now.atOffset(ZoneOffset.UTC));
        if (code != null) {
            statement.setString(next++, code);
        }
        if (from != null) {
            statement.setObject(next++, from.atOffset(ZoneOffset.UTC));
        }
        if (until != null) {
            statement.setObject(next++, until.atOffset(ZoneOffset.UTC));
        }
        if (ids != null) {
            statement.setArray(next++, connection.createArrayOf("bigint", ids.toArray()));
        }
        return next;
    }
}
