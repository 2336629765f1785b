package io.gamemetrics.infrastructure.privacy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the vault knows of requests that are over, when the event store was put back to before they ended. A request is over when
 * its key is destroyed. Safe for concurrent use, also by several processes. Every method throws {@link
 * VaultUnavailableException} when the database does not answer.
 */
public final class RequestEndings {

    private static final String OVER = " FROM request_key k WHERE k.part_of IS NULL AND k.wrapped_key IS NULL";

    private final Transactions database;

    RequestEndings(Transactions database) {
        this.database = database;
    }

    /**
     * Keeps a request's events; fewer than are kept already change nothing.
     *
     * @param events how many, 1 or more
     * @param sealed all of them, as nobody can read them without the key of a game
     */
    public void keep(UUID request, int events, byte[] sealed) {
        database.write(connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO request_over AS known (request, events, sealed) VALUES (?, ?, ?) ON CONFLICT (request)"
                            + " DO UPDATE SET events = excluded.events, sealed = excluded.sealed"
                            + " WHERE known.events < excluded.events")) {
                upsert.setObject(1, request);
                upsert.setInt(2, events);
                upsert.setBytes(3, sealed);
                return upsert.executeUpdate();
            }
        });
    }

    /** What {@link #keep} was given; empty when nothing was kept. */
    public Optional<byte[]> events(UUID request) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT sealed FROM request_over WHERE request = ?")) {
                select.setObject(1, request);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
                }
            }
        });
    }

    /**
     * Requests that are over, in a stable order, each with how many of its events are kept.
     *
     * @param after the last one seen; absent: from the first
     */
    public Map<UUID, Integer> over(@Nullable UUID after, int most) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT k.request, coalesce("
                    + "(SELECT o.events FROM request_over o WHERE o.request = k.request), 0)" + OVER
                    + " AND (?::uuid IS NULL OR k.request > ?) ORDER BY k.request LIMIT ?")) {
                select.setObject(1, after);
                select.setObject(2, after);
                select.setInt(3, most);
                Map<UUID, Integer> over = new LinkedHashMap<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        over.put(rows.getObject(1, UUID.class), rows.getInt(2));
                    }
                }
                return over;
            }
        });
    }

    /**
     * How a request ended.
     *
     * @param phase its last, a stable word; absent when nobody put it down and there is no certificate
     */
    public record Ending(@Nullable String phase) {}

    /** Empty when it is not over. */
    public Optional<Ending> ending(UUID request) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT coalesce("
                    + "(SELECT s.phase FROM request_standing s WHERE s.request = k.request AND s.is_over),"
                    + " (SELECT 'COMPLETED' FROM certificate c WHERE c.request = k.request))" + OVER
                    + " AND k.request = ?")) {
                select.setObject(1, request);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(new Ending(row.getString(1))) : Optional.empty();
                }
            }
        });
    }
}
