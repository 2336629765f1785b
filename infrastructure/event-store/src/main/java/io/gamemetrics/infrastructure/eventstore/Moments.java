package io.gamemetrics.infrastructure.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Moments worth remembering that are no events: of each tenant and name the latest. Safe for concurrent use. */
public final class Moments {

    private final DataSource connections;

    Moments(DataSource connections) {
        this.connections = connections;
    }

    /** @param name at most 256 characters, unique in the tenant */
    public record Moment(int tenant, String name, Instant at) {}

    /** Remembers these; one that is earlier than what is remembered already changes nothing. Durable when this returns. */
    public void remember(Collection<Moment> moments) {
        if (moments.isEmpty()) {
            return;
        }
        // In one order everywhere: who remembers the same at once waits, and doesn't lock crosswise.
        List<Moment> ordered = moments.stream()
                .sorted(Comparator.comparingInt(Moment::tenant).thenComparing(Moment::name))
                .toList();
        try (Connection connection = connections.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO moment AS known (tenant, name, at)
                        SELECT * FROM unnest(?::integer[], ?::text[], ?::timestamptz[])
                        ON CONFLICT (tenant, name) DO UPDATE SET at = excluded.at WHERE known.at < excluded.at
                        """)) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "integer", ordered.stream().map(Moment::tenant).toArray()));
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "text", ordered.stream().map(Moment::name).toArray()));
            insert.setArray(
                    3,
                    connection.createArrayOf(
                            "timestamptz",
                            ordered.stream()
                                    .map(moment ->
                                            moment.at().atOffset(ZoneOffset.UTC).toString())
                                    .toArray()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    /** A tenant's moments by name. */
    public Map<String, Instant> of(int tenant) {
        try (Connection connection = connections.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT name, at FROM moment WHERE tenant = ?")) {
            select.setInt(1, tenant);
            Map<String, Instant> moments = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    moments.put(row.getString(1), RejectedEvents.instant(row, 2));
                }
            }
            return moments;
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private static EventStoreException unreachable(SQLException e) {
        return new EventStoreException("the moments cannot be reached: " + e.getSQLState(), e);
    }
}
