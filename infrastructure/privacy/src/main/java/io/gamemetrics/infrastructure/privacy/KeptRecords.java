package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of erased players until a day, where a law asks for it: sealed in the vault under a key that this kind of this
 * subject of this request alone has. It is found by who was erased, by whoever knows the id, and is destroyed with its key.
 * Safe for concurrent use, also by several processes. Every method throws {@link VaultUnavailableException} when the database
 * does not answer.
 */
public final class KeptRecords {

    private static final String GROUND = "ground";
    private static final String COLUMNS =
            "SELECT request, subject, kind, game, records, until, ends_at, ended_at IS NOT NULL FROM kept ";

    private final Transactions database;
    private final KeyDirectory keys;
    private final RequestSecrets secrets;

    KeptRecords(Transactions database, KeyDirectory keys, RequestSecrets secrets) {
        this.database = database;
        this.keys = keys;
        this.secrets = secrets;
    }

    /**
     * What is kept, without the records.
     *
     * @param subject which of the request's, from 0
     * @param kind a stable word
     * @param records how many, 1 or more
     * @param until the last day
     * @param endsAt when that day is over
     * @param isEnded whether its key is destroyed: nothing opens any more
     */
    public record Kept(
            UUID request,
            int subject,
            String kind,
            int gameNumber,
            long records,
            LocalDate until,
            Instant endsAt,
            boolean isEnded) {}

    /**
     * Keeps all of it or nothing. What was kept before of this kind and subject stays as it is: whoever does the same again may
     * find less.
     *
     * @param players all who were this person: by each of their ids it is found
     * @param ground why, in somebody's words
     * @param pieces the records, each piece at most {@link RequestSecrets#MAX_BYTES}
     * @return what is kept: the first
     */
    public Kept keep(Kept kept, Collection<PlayerId> players, String ground, List<byte[]> pieces) {
        UUID[] hashes = HashedIds.of(keys, kept.gameNumber(), players).hashes().toArray(UUID[]::new);
        database.write(connection -> {
            if (insert(connection, kept, hashes) > 0) {
                UUID key = keyOf(kept);
                secrets.put(connection, key, kept.request(), GROUND, ground.getBytes(StandardCharsets.UTF_8));
                for (int number = 0; number < pieces.size(); number++) {
                    secrets.put(connection, key, kept.request(), Integer.toString(number), pieces.get(number));
                }
            }
            return true;
        });
        return of(kept.request()).stream()
                .filter(each -> each.subject() == kept.subject() && each.kind().equals(kept.kind()))
                .findFirst()
                .orElseThrow();
    }

    /** What is kept by a request, in the order of its subjects. */
    public List<Kept> of(UUID request) {
        return list("WHERE request = ? AND ended_at IS NULL ORDER BY subject, kind", request);
    }

    /** The same, with what ended and is not forgotten. */
    public List<Kept> known(UUID request) {
        return list("WHERE request = ? ORDER BY subject, kind", request);
    }

    /** What is kept of a player, whichever request asked for it. */
    public List<Kept> of(int gameNumber, PlayerId player) {
        return of(gameNumber, List.of(player));
    }

    /** What is kept of any of these players, each once. */
    public List<Kept> of(int gameNumber, Collection<PlayerId> players) {
        UUID[] hashes = HashedIds.of(keys, gameNumber, players).hashes().toArray(UUID[]::new);
        return list(
                // As text: an array is made on a connection alone.
                "WHERE game = ? AND player_hashes && string_to_array(?, ',')::uuid[] AND ended_at IS NULL"
                        + " ORDER BY request, subject, kind",
                gameNumber,
                Arrays.stream(hashes).map(UUID::toString).collect(Collectors.joining(",")));
    }

    /** All there is, in a stable order. */
    public List<Kept> all() {
        return list("WHERE ended_at IS NULL ORDER BY request, subject, kind");
    }

    /**
     * How much of a kind a request keeps of its subjects in a game, all together, until the same day.
     *
     * @param subjects of how many
     */
    public record KeptSum(UUID request, int gameNumber, String kind, LocalDate until, int subjects, long records) {}

    /**
     * What requests keep, request by request in a stable order; each with all it keeps.
     *
     * @param after the last request seen; absent: from the first
     * @param most so many requests
     */
    public List<KeptSum> sums(@Nullable UUID after, int most) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT request, game, kind, until, count(*), sum(records) FROM kept WHERE ended_at IS NULL"
                            + " AND request IN (SELECT DISTINCT request FROM kept WHERE ended_at IS NULL"
                            + " AND (?::uuid IS NULL OR request > ?) ORDER BY request LIMIT ?)"
                            + " GROUP BY request, game, kind, until ORDER BY request, game, kind, until")) {
                select.setObject(1, after);
                select.setObject(2, after);
                select.setInt(3, most);
                List<KeptSum> sums = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        sums.add(new KeptSum(
                                rows.getObject(1, UUID.class),
                                rows.getInt(2),
                                rows.getString(3),
                                rows.getObject(4, LocalDate.class),
                                rows.getInt(5),
                                rows.getLong(6)));
                    }
                }
                return sums;
            }
        });
    }

    /**
     * Those whose day is over and whose key is there, the earliest first.
     *
     * @param after the last one seen; absent: from the first
     */
    public List<Kept> over(Instant now, @Nullable Kept after, int most) {
        return over(now, after, most, "ended_at IS NULL");
    }

    /**
     * Those whose day is over and whose key is destroyed, and that are not forgotten: nobody may have been told of it.
     *
     * @param after the last one seen; absent: from the first
     */
    public List<Kept> ended(Instant now, @Nullable Kept after, int most) {
        return over(now, after, most, "ended_at IS NOT NULL");
    }

    private List<Kept> over(Instant now, @Nullable Kept after, int most, String which) {
        List<Object> values = new ArrayList<>(List.of(now.atOffset(ZoneOffset.UTC)));
        String behind = "";
        if (after != null) {
            behind = " AND (ends_at, request, subject, kind) > (?, ?, ?, ?)";
            values.addAll(
                    List.of(after.endsAt().atOffset(ZoneOffset.UTC), after.request(), after.subject(), after.kind()));
        }
        values.add(most);
        return list(
                "WHERE ends_at <= ? AND " + which + behind + " ORDER BY ends_at, request, subject, kind LIMIT ?",
                values.toArray());
    }

    /** Why it is kept, in somebody's words; empty when it is destroyed. */
    public Optional<String> ground(Kept kept) {
        return secrets.find(keyOf(kept), GROUND).map(ground -> new String(ground, StandardCharsets.UTF_8));
    }

    /** A piece, from 0 on; empty behind the last, or when it is destroyed. */
    public Optional<byte[]> piece(Kept kept, int number) {
        return secrets.find(keyOf(kept), Integer.toString(number));
    }

    /** Destroys the key, and what leads from a person to it. The row stays until {@link #forget}. */
    public void end(Kept kept) {
        database.write(connection -> {
            RequestSecrets.destroy(connection, keyOf(kept), kept.request());
            return update(
                    connection,
                    "UPDATE kept SET ended_at = clock_timestamp(), player_hashes = '{}'"
                            + " WHERE request = ? AND subject = ? AND kind = ? AND ended_at IS NULL",
                    kept);
        });
    }

    /** Deletes the row of what was ended. */
    public void forget(Kept kept) {
        database.write(connection -> update(
                connection,
                "DELETE FROM kept WHERE request = ? AND subject = ? AND kind = ? AND ended_at IS NOT NULL",
                kept));
    }

    private static int insert(Connection connection, Kept kept, UUID[] hashes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO kept (request, subject, kind, game,"
                + " player_hashes, records, until, ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            Array all = connection.createArrayOf("uuid", hashes);
            insert.setObject(1, kept.request());
            insert.setInt(2, kept.subject());
            insert.setString(3, kept.kind());
            insert.setInt(4, kept.gameNumber());
            insert.setArray(5, all);
            insert.setLong(6, kept.records());
            insert.setObject(7, kept.until());
            insert.setObject(8, kept.endsAt().atOffset(ZoneOffset.UTC));
            return insert.executeUpdate();
        }
    }

    private static int update(Connection connection, String sql, Kept kept) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, kept.request());
            update.setInt(2, kept.subject());
            update.setString(3, kept.kind());
            return update.executeUpdate();
        }
    }

    private List<Kept> list(String which, @Nullable Object... values) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(COLUMNS + which)) {
                for (int i = 0; i < values.length; i++) {
                    select.setObject(i + 1, values[i]);
                }
                List<Kept> found = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(kept(rows));
                    }
                }
                return found;
            }
        });
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getObject(1, UUID.class),
                row.getInt(2),
                row.getString(3),
                row.getInt(4),
                row.getLong(5),
                row.getObject(6, LocalDate.class),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getBoolean(8));
    }

    /** A key of its own beside the request's, found again without being written down. */
    private static UUID keyOf(Kept kept) {
        return UUID.nameUUIDFromBytes(("kept:" + kept.request() + ":" + kept.subject() + ":" + kept.kind())
                .getBytes(StandardCharsets.US_ASCII));
    }
}
