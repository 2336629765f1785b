package io.gamemetrics.infrastructure.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the vault knows of data subjects' requests without saying who they are about: no key is needed to read it, and
 * {@code SELECT} is all its database user needs. Lists stand in the order things happened. Safe for concurrent use. Every
 * method throws {@link VaultUnavailableException} when the database does not answer.
 */
public final class SubjectRequestsReader {

    private static final String REQUESTS =
            "SELECT k.request, k.made_at, k.wrapped_key IS NOT NULL, c.issued_at, encode(sha256(c.document), 'hex'),"
                    + " s.type, s.phase, s.games, s.subjects, s.received_at, s.due_at, s.extended"
                    + " FROM request_key k LEFT JOIN certificate c USING (request)"
                    + " LEFT JOIN request_standing s USING (request)"
                    + " WHERE k.part_of IS NULL AND (?::text[] IS NULL OR s.games <@ ?::text[]) AND ";

    private final Transactions database;

    /** @param database the vault's */
    public SubjectRequestsReader(DataSource database) {
        this.database = new Transactions(database);
    }

    /**
     * A request.
     *
     * @param subjectsKept whether who it is about is still kept: until the request is over
     * @param certifiedAt absent while there is no certificate
     * @param certificate SHA-256 of the certificate, hexadecimal; absent while there is none
     * @param standing how far it is, at most a minute ago; absent while nobody put it down, and of those that were never made
     */
    public record Seen(
            UUID request,
            Instant madeAt,
            boolean subjectsKept,
            @Nullable Instant certifiedAt,
            @Nullable String certificate,
            @Nullable RequestStanding standing) {}

    /**
     * An entry of the audit. Written before what it tells of was done, which may have been refused.
     *
     * @param subject which of the request's, from 0; absent: all of it
     * @param hash over this entry and all before it, hexadecimal
     */
    public record Entry(
            long number,
            Instant at,
            String action,
            @Nullable UUID request,
            @Nullable Integer subject,
            String hash) {}

    /**
     * Erasures of a game.
     *
     * @param gameId absent when the vault was restored to a time before the game
     * @param players ids that were erased at least once
     * @param erasures how often, all together
     * @param readmitted ids that may come back since
     * @param lastAt when the last one began
     */
    public record Erased(
            int gameNumber, @Nullable String gameId, long players, long erasures, long readmitted, Instant lastAt) {}

    /**
     * @param games only requests all of whose subjects are of these; absent: all requests
     * @param after the last one seen; absent: from the first
     */
    public List<Seen> requests(@Nullable Set<String> games, @Nullable UUID after, int most) {
        String @Nullable [] only = array(games);
        return list(
                REQUESTS + "(?::uuid IS NULL OR (k.made_at, k.request) >"
                        + " (SELECT made_at, request FROM request_key WHERE request = ?)) ORDER BY k.made_at, k.request LIMIT ?",
                SubjectRequestsReader::seen,
                only,
                only,
                after,
                after,
                most);
    }

    /**
     * Empty when there is none of this id.
     *
     * @param games only when all of its subjects are of these; absent: whichever they are of
     */
    public Optional<Seen> request(@Nullable Set<String> games, UUID request) {
        String @Nullable [] only = array(games);
        return list(REQUESTS + "k.request = ?", SubjectRequestsReader::seen, only, only, request).stream()
                .findFirst();
    }

    private static String @Nullable [] array(@Nullable Set<String> games) {
        return games == null ? null : games.toArray(String[]::new);
    }

    /**
     * Entries of the audit.
     *
     * @param request only those about this one; absent: all
     * @param after the number of the last one seen; 0: from the first
     */
    public List<Entry> trail(@Nullable UUID request, long after, int most) {
        String about = request == null ? "" : " AND request = ?";
        String sql = "SELECT number, at, action, request, subject, hash FROM audit_chain WHERE number > ?" + about
                + " ORDER BY number LIMIT ?";
        return request == null
                ? list(sql, SubjectRequestsReader::entry, after, most)
                : list(sql, SubjectRequestsReader::entry, after, request, most);
    }

    /** The first entries about each of these requests, at most so many of each; those without any are missing. */
    public Map<UUID, List<Entry>> steps(Collection<UUID> requests, int most) {
        String ids = requests.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
        Map<UUID, List<Entry>> steps = new HashMap<>();
        list(
                        "SELECT e.* FROM unnest(?::uuid[]) asked (request) CROSS JOIN LATERAL (SELECT number, at, action,"
                                + " request, subject, hash FROM audit_chain a WHERE a.request = asked.request"
                                + " ORDER BY number LIMIT ?) e ORDER BY e.number",
                        row -> Map.entry(row.getObject(4, UUID.class), entry(row)),
                        ids,
                        most)
                .forEach(step -> steps.computeIfAbsent(step.getKey(), id -> new ArrayList<>())
                        .add(step.getValue()));
        return steps;
    }

    /** Games somebody was erased from, by number. */
    public List<Erased> erased() {
        return list(
                "SELECT e.game, g.game_id, count(*), sum(e.times), count(e.readmitted_at), max(e.erased_at)"
                        + " FROM erased_player e LEFT JOIN game g ON g.number = e.game GROUP BY 1, 2 ORDER BY 1",
                row -> new Erased(
                        row.getInt(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getObject(6, OffsetDateTime.class).toInstant()));
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String sql, Row<T> each, @Nullable Object... values) {
        return database.read(connection -> {
            try (PreparedStatement select = prepared(connection, sql, values);
                    ResultSet rows = select.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(each.of(rows));
                }
                return found;
            }
        });
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            select.setObject(i + 1, values[i]);
        }
        return select;
    }

    private static Seen seen(ResultSet row) throws SQLException {
        OffsetDateTime certifiedAt = row.getObject(4, OffsetDateTime.class);
        return new Seen(
                row.getObject(1, UUID.class),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getBoolean(3),
                certifiedAt == null ? null : certifiedAt.toInstant(),
                row.getString(5),
                row.getString(6) == null ? null : standing(row));
    }

    private static RequestStanding standing(ResultSet row) throws SQLException {
        return new RequestStanding(
                row.getString(6),
                row.getString(7),
                List.of((String[]) row.getArray(8).getArray()),
                row.getInt(9),
                row.getObject(10, OffsetDateTime.class).toInstant(),
                row.getObject(11, OffsetDateTime.class).toInstant(),
                row.getBoolean(12));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getObject(4, UUID.class),
                row.getObject(5, Integer.class),
                HexFormat.of().formatHex(row.getBytes(6)));
    }
}
