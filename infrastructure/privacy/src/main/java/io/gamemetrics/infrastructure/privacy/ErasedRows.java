package io.gamemetrics.infrastructure.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements on the table {@code erased_player}, and on what the vault remembers of the ledger. */
final class ErasedRows {

    private ErasedRows() {}

    /**
     * An id that was erased.
     *
     * @param times how often so far
     * @param erasedAt when the last erasure began
     * @param readmittedAt absent: whatever comes is refused
     */
    record Erased(int times, Instant erasedAt, @Nullable Instant readmittedAt) {

        boolean isReadmitted() {
            return readmittedAt != null;
        }
    }

    /** How much of the ledger the vault has heard of. */
    record Heard(long entries, byte @Nullable [] mac) {}

    /** Those of these ids that were erased. One query for all. */
    static Map<UUID, Erased> of(Connection connection, int game, Collection<UUID> hashes) throws SQLException {
        Map<UUID, Erased> found = new HashMap<>();
        if (hashes.isEmpty()) {
            return found;
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT e.player_hash, e.times, e.erased_at, e.readmitted_at"
                        // As with subjects: a look-up each, never the whole table.
                        + " FROM unnest(?::uuid[]) AS wanted (hash) CROSS JOIN LATERAL (SELECT * FROM erased_player"
                        + " WHERE player_hash = wanted.hash AND game = ? OFFSET 0) AS e")) {
            select.setArray(1, connection.createArrayOf("uuid", hashes.toArray()));
            select.setInt(2, game);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    OffsetDateTime readmitted = rows.getObject(4, OffsetDateTime.class);
                    found.put(
                            rows.getObject(1, UUID.class),
                            new Erased(
                                    rows.getInt(2),
                                    rows.getObject(3, OffsetDateTime.class).toInstant(),
                                    readmitted == null ? null : readmitted.toInstant()));
                }
            }
        }
        return found;
    }

    static @Nullable Erased of(Connection connection, int game, UUID hash) throws SQLException {
        return of(connection, game, List.of(hash)).get(hash);
    }

    /** Those whose erasure is not over. */
    static List<UUID> begun(Connection connection, @Nullable UUID after, int most) throws SQLException {
        List<UUID> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT s.pseudonym FROM erased_player e JOIN subject s USING (game, player_hash)"
                        + " WHERE e.readmitted_at IS NULL AND s.wrapped_key IS NOT NULL"
                        + " AND (?::uuid IS NULL OR s.pseudonym > ?) ORDER BY s.pseudonym LIMIT ?")) {
            select.setObject(1, after);
            select.setObject(2, after);
            select.setInt(3, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return found;
    }

    /** Does to the vault what an entry of the ledger says; again changes nothing. */
    static void apply(Connection connection, ErasureLedger.Entry entry) throws SQLException {
        switch (entry.kind()) {
            case BEGUN -> begin(connection, entry);
            case ERASED -> destroy(connection, entry);
            case READMITTED -> readmit(connection, entry);
        }
    }

    private static void begin(Connection connection, ErasureLedger.Entry entry) throws SQLException {
        lockGame(connection, entry.game());
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO erased_player AS e (game, player_hash, times, erased_at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (game, player_hash) DO UPDATE SET times = excluded.times,"
                        + " erased_at = excluded.erased_at, readmitted_at = NULL WHERE e.times < excluded.times")) {
            upsert.setInt(1, entry.game());
            upsert.setObject(2, entry.playerHash());
            upsert.setInt(3, entry.times());
            upsert.setObject(4, entry.at().atOffset(ZoneOffset.UTC));
            upsert.executeUpdate();
        }
    }

    /**
     * Waits for whoever is making players of the game, and has those who make some afterwards see the erasure: nobody of
     * this id is made beside it. Always after the vault's row, which nobody takes who has a game's.
     */
    private static void lockGame(Connection connection, int game) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT FROM game WHERE number = ? FOR NO KEY UPDATE")) {
            lock.setInt(1, game);
            lock.execute();
        }
    }

    private static void destroy(Connection connection, ErasureLedger.Entry entry) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                SubjectRows.DESTROY + " WHERE game = ? AND player_hash = ? AND erased_before < ?")) {
            update.setInt(1, entry.game());
            update.setObject(2, entry.playerHash());
            update.setInt(3, entry.times());
            update.executeUpdate();
        }
    }

    private static void readmit(Connection connection, ErasureLedger.Entry entry) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE erased_player SET readmitted_at = ?"
                + " WHERE game = ? AND player_hash = ? AND times = ? AND readmitted_at IS NULL")) {
            update.setObject(1, entry.at().atOffset(ZoneOffset.UTC));
            update.setInt(2, entry.game());
            update.setObject(3, entry.playerHash());
            update.setInt(4, entry.times());
            update.executeUpdate();
        }
    }

    /** What the vault remembers. */
    static Heard heard(Connection connection) throws SQLException {
        return heard(connection, "SELECT ledger_entries, ledger_mac FROM vault");
    }

    /** What the vault remembers, its row locked until the transaction's end: all who write the ledger take turns. */
    static Heard lockHeard(Connection connection) throws SQLException {
        return heard(connection, "SELECT ledger_entries, ledger_mac FROM vault FOR UPDATE");
    }

    private static Heard heard(Connection connection, String query) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Heard(row.getLong(1), row.getBytes(2));
        }
    }

    static void heard(Connection connection, ErasureLedger.Head head) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE vault SET ledger_entries = ?, ledger_mac = ?")) {
            update.setLong(1, head.entries());
            update.setBytes(2, head.mac());
            update.executeUpdate();
        }
    }

    /** The database's clock, which all replicas share. */
    static Instant now(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT clock_timestamp()");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }
}
