package io.gamemetrics.infrastructure.privacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The statements on the table {@code key_epoch}: which key files this vault needs. */
final class KeyEpochRows {

    /** The newest epoch, as a subquery of a statement that is made anyway. */
    static final String CURRENT = "(SELECT coalesce(max(epoch), 0) FROM key_epoch)";

    private KeyEpochRows() {}

    /** One epoch; 0 is the lookup secret. */
    record Row(
            short epoch,
            @Nullable Instant begunAt,
            @Nullable Instant neededUntil,
            @Nullable Instant destroyedAt) {}

    /** Orders those who open the vault or begin an epoch, until the transaction's end. */
    static void lock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT FROM vault FOR UPDATE")) {
            lock.execute();
        }
    }

    /** Check values of the keys that must be there. */
    static Map<Short, byte[]> read(Connection connection) throws SQLException {
        Map<Short, byte[]> checks = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT epoch, check_value FROM key_epoch WHERE destroyed_at IS NULL");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                checks.put(rows.getShort(1), rows.getBytes(2));
            }
        }
        return checks;
    }

    /**
     * Makes sure that the folder is the vault's. A new vault takes what lies there; later a file is an epoch of the vault only
     * when somebody {@linkplain KeyEpochs#begin begins} it.
     *
     * @throws KeysRefusedException when the folder lacks a key, or has another one
     */
    static void fit(Connection connection, KeyDirectory keys) throws SQLException {
        Map<Short, byte[]> known = read(connection);
        keys.fit(known);
        if (known.isEmpty()) {
            add(connection, keys.checkValues());
        }
    }

    static void add(Connection connection, Map<Short, byte[]> checks) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO key_epoch (epoch, check_value) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            for (var check : checks.entrySet()) {
                insert.setShort(1, check.getKey());
                insert.setBytes(2, check.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The epochs there were, by number, without the lookup secret. */
    static List<Row> all(Connection connection) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT epoch, begun_at, needed_until, destroyed_at"
                        + " FROM key_epoch WHERE epoch > 0 ORDER BY epoch");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new Row(rows.getShort(1), instant(rows, 2), instant(rows, 3), instant(rows, 4)));
            }
        }
        return found;
    }

    /**
     * The newest epoch there ever was, as the database says, whose key is to wrap what is new: looked for in this folder, and
     * found to be the vault's own. In a transaction that holds what {@link #awaitWriters} waits for.
     *
     * @throws KeysRefusedException when the folder has no such key, or another one
     */
    static short current(Connection connection, KeyDirectory keys) throws SQLException {
        short epoch = current(connection);
        requireFit(connection, keys, epoch);
        return epoch;
    }

    /** @throws KeysRefusedException when the folder has no key of the epoch, or another one than the vault's */
    static void requireFit(Connection connection, KeyDirectory keys, short epoch) throws SQLException {
        keys.requireKeyOf(epoch);
        if (!keys.fits(epoch)) {
            keys.requireFit(read(connection));
        }
    }

    /** The newest epoch there ever was. */
    static short current(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + CURRENT);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getShort(1);
        }
    }

    /** How many keys each epoch wraps; those that wrap none are left out. Looks through the whole vault. */
    static Map<Short, Long> wrapped(Connection connection) throws SQLException {
        Map<Short, Long> counts = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT epoch, count(*) FROM ("
                        + "SELECT key_epoch FROM subject UNION ALL SELECT key_epoch FROM game"
                        + " UNION ALL SELECT rejection_epoch FROM game UNION ALL SELECT key_epoch FROM request_key"
                        + ") AS k (epoch) WHERE epoch IS NOT NULL GROUP BY epoch");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                counts.put(rows.getShort(1), rows.getLong(2));
            }
        }
        return counts;
    }

    /** Says that a backup of the vault needs the keys of these epochs until then. */
    static void needed(Connection connection, Set<Short> epochs, Instant until) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE key_epoch SET needed_until ="
                + " greatest(needed_until, ?) WHERE epoch = ANY (?) AND epoch > 0 AND destroyed_at IS NULL")) {
            update.setObject(1, until.atOffset(ZoneOffset.UTC));
            update.setArray(2, connection.createArrayOf("int2", new TreeSet<>(epochs).toArray()));
            update.executeUpdate();
        }
    }

    static void destroyed(Connection connection, short epoch) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE key_epoch SET destroyed_at = clock_timestamp() WHERE epoch = ? AND destroyed_at IS NULL")) {
            update.setShort(1, epoch);
            update.executeUpdate();
        }
    }

    /** Waits for all who may be about to write a key wrapped by what was the newest epoch when they began. */
    static void awaitWriters(Connection connection) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute("SET LOCAL lock_timeout = '5s'");
            lock.execute("LOCK TABLE game, subject, request_key IN EXCLUSIVE MODE");
        }
    }

    private static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
        OffsetDateTime at = rows.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
