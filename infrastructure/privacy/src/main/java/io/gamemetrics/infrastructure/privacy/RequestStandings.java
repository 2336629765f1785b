package io.gamemetrics.infrastructure.privacy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far requests are, for those who may read the vault and not the requests' own events: these are what counts. Safe for
 * concurrent use, also by several processes. Every method throws {@link VaultUnavailableException} when the database does not
 * answer.
 */
public final class RequestStandings {

    private final Transactions database;

    RequestStandings(Transactions database) {
        this.database = database;
    }

    /**
     * Puts down how far a request is, unless it is known from as many of its events or more. That it is over counts whatever was
     * known: an event store that was put back may have taken fewer events to come to it.
     *
     * @param events how many of its events this was read from
     * @param isOver whether the phase is its last
     */
    public void put(UUID request, int events, RequestStanding standing, boolean isOver) {
        database.write(connection -> {
            try (PreparedStatement upsert =
                    connection.prepareStatement("INSERT INTO request_standing AS known (request,"
                            + " events, type, phase, games, subjects, received_at, due_at, extended, is_over)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (request) DO UPDATE SET"
                            + " events = excluded.events, phase = excluded.phase, due_at = excluded.due_at,"
                            + " extended = excluded.extended, is_over = excluded.is_over"
                            + " WHERE known.events < excluded.events OR (excluded.is_over AND NOT known.is_over)")) {
                upsert.setObject(1, request);
                upsert.setInt(2, events);
                upsert.setString(3, standing.type());
                upsert.setString(4, standing.phase());
                upsert.setArray(
                        5, connection.createArrayOf("text", standing.games().toArray(String[]::new)));
                upsert.setInt(6, standing.subjects());
                upsert.setObject(7, standing.receivedAt().atOffset(ZoneOffset.UTC));
                upsert.setObject(8, standing.dueAt().atOffset(ZoneOffset.UTC));
                upsert.setBoolean(9, standing.extended());
                upsert.setBoolean(10, isOver);
                return upsert.executeUpdate();
            }
        });
    }

    /**
     * Requests of which nothing is put down, or which may have gone on since, the earliest first.
     *
     * @param after the last one seen; absent: from the first
     */
    public List<UUID> unsettled(@Nullable UUID after, int most) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT k.request FROM request_key k"
                            + " LEFT JOIN request_standing s USING (request)"
                            + " WHERE k.part_of IS NULL AND s.is_over IS NOT TRUE AND (?::uuid IS NULL OR (k.made_at, k.request) >"
                            + " (SELECT made_at, request FROM request_key WHERE request = ?)) ORDER BY k.made_at, k.request LIMIT ?")) {
                select.setObject(1, after);
                select.setObject(2, after);
                select.setInt(3, most);
                List<UUID> requests = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        requests.add(rows.getObject(1, UUID.class));
                    }
                }
                return requests;
            }
        });
    }
}
