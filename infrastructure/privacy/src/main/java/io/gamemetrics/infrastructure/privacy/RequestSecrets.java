package io.gamemetrics.infrastructure.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request of data subjects has to know until it is over: who they are, what is looked for. Each request's secrets
 * lie in the vault under a key of the request; when that is destroyed they can't be read again, here or in a backup of
 * anything but the vault. Safe for concurrent use, also by several processes. Every method throws {@link
 * VaultUnavailableException} when the database does not answer.
 */
public final class RequestSecrets {

    /** Longest secret, in bytes before it is sealed. */
    public static final int MAX_BYTES = 1 << 20;

    /** The name under which a request's own events are kept, for an event store that was put back to before them. */
    public static final String STREAM = "stream";

    /** The name of what says that an event store was put back to before the request, and nobody has its events. */
    public static final String LOST = "lost";

    /** The name of a secret that marks a request which is to keep something of whom it erases. */
    public static final String KEEP = "keep";

    private static final int REWRAPPED_AT_ONCE = 1_000;

    private final Transactions database;
    private final KeyDirectory keys;

    RequestSecrets(Transactions database, KeyDirectory keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * Keeps a secret; one of this name is replaced.
     *
     * @param name what it is, 1 to 64 characters; not secret
     * @throws IllegalStateException when the request's key was destroyed: nothing is kept of what is over
     */
    public void put(UUID request, String name, byte[] plain) {
        put(request, null, name, plain);
    }

    /** The same under the key of a part of a request, which is none itself. */
    void put(UUID key, @Nullable UUID partOf, String name, byte[] plain) {
        database.write(connection -> put(connection, key, partOf, name, plain));
    }

    /** The same in a transaction. */
    int put(Connection connection, UUID key, @Nullable UUID partOf, String name, byte[] plain) throws SQLException {
        if (plain.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a request's secret has at most " + MAX_BYTES + " bytes: " + plain.length);
        }
        byte[] secret = findOrMake(connection, key, partOf);
        byte[] sealed = new Envelope().seal(Secrets.encryptionKey(secret), context(key, name), plain);
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT INTO request_secret (request, name, sealed) VALUES (?, ?, ?)"
                        + " ON CONFLICT (request, name) DO UPDATE SET sealed = excluded.sealed")) {
            upsert.setObject(1, key);
            upsert.setString(2, name);
            upsert.setBytes(3, sealed);
            return upsert.executeUpdate();
        }
    }

    /** Keeps what a subject of the request is to be looked for by, once they are erased; replaces what was kept. */
    public void putNeedles(UUID request, int subject, List<String> texts) {
        put(request, needles(subject), Texts.write(texts));
    }

    /** What {@link #putNeedles} kept; nothing when the request is over. */
    public List<String> needles(UUID request, int subject) {
        return find(request, needles(subject)).map(Texts::read).orElse(List.of());
    }

    private static String needles(int subject) {
        return "needles." + subject;
    }

    /** The secret; empty when there never was one, or the request's key was destroyed. */
    public Optional<byte[]> find(UUID request, String name) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT k.key_epoch, k.wrapped_key, s.sealed FROM request_key k JOIN request_secret s USING (request)"
                            + " WHERE request = ? AND name = ? AND k.wrapped_key IS NOT NULL")) {
                select.setObject(1, request);
                select.setString(2, name);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    byte[] secret = keys.unwrap(
                            new Envelope(), owner(request), new WrappedKey(row.getShort(1), row.getBytes(2)));
                    return Optional.of(open(secret, request, name, row.getBytes(3)));
                }
            }
        });
    }

    /**
     * The requests there are secrets of, or were, the earliest first; without their parts.
     *
     * @param open only those whose key still exists
     * @param after the last one seen; absent: from the first
     */
    public List<UUID> requests(boolean open, @Nullable UUID after, int most) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT request FROM request_key WHERE part_of IS NULL AND "
                            // In the text, so that the index of those is used.
                            + (open ? "wrapped_key IS NOT NULL AND " : "")
                            + "(?::uuid IS NULL OR (made_at, request) >"
                            + " (SELECT made_at, request FROM request_key WHERE request = ?)) ORDER BY made_at, request LIMIT ?")) {
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

    /** Open requests of which there is a secret {@link #KEEP}. */
    public List<UUID> keeping() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT request FROM request_secret"
                            + " JOIN request_key USING (request) WHERE name = 'keep' AND wrapped_key IS NOT NULL");
                    ResultSet rows = select.executeQuery()) {
                List<UUID> requests = new ArrayList<>();
                while (rows.next()) {
                    requests.add(rows.getObject(1, UUID.class));
                }
                return requests;
            }
        });
    }

    /** Destroys the request's key and deletes what lay under it. The old rows lie in the files until they are vacuumed. */
    public void destroy(UUID request) {
        destroy(request, null);
    }

    /** The same of a part of a request. */
    void destroy(UUID key, @Nullable UUID partOf) {
        database.write(connection -> destroy(connection, key, partOf));
    }

    /** The same in a transaction. */
    static int destroy(Connection connection, UUID key, @Nullable UUID partOf) throws SQLException {
        try (PreparedStatement destroy = connection.prepareStatement(
                        "INSERT INTO request_key (request, part_of) VALUES (?, ?) ON CONFLICT (request) DO UPDATE SET"
                                + " key_epoch = NULL, wrapped_key = NULL");
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM request_secret WHERE request = ?")) {
            destroy.setObject(1, key);
            destroy.setObject(2, partOf);
            destroy.executeUpdate();
            delete.setObject(1, key);
            return delete.executeUpdate();
        }
    }

    /** The same when the first of it was kept longer ago than that, by the database's clock. */
    public void destroyOlderThan(UUID request, Duration age) {
        boolean isOld = database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT made_at < clock_timestamp() - ?::interval" + " FROM request_key WHERE request = ?")) {
                select.setString(1, age.toString());
                select.setObject(2, request);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
        if (isOld) {
            destroy(request);
        }
    }

    /** Wraps every request's key anew that an older epoch wraps. */
    void rewrap() {
        while (database.write(this::rewrapSome) > 0) {
            // Each round is a transaction of its own, so that no lock is held for long.
        }
    }

    private int rewrapSome(Connection connection) throws SQLException {
        short epoch = currentEpoch(connection);
        Envelope envelope = new Envelope();
        int rewrapped = 0;
        try (PreparedStatement select = connection.prepareStatement("SELECT request, key_epoch, wrapped_key"
                        + " FROM request_key WHERE key_epoch < ? LIMIT ? FOR UPDATE SKIP LOCKED");
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE request_key SET key_epoch = ?, wrapped_key = ? WHERE request = ?")) {
            select.setShort(1, epoch);
            select.setInt(2, REWRAPPED_AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    UUID request = rows.getObject(1, UUID.class);
                    WrappedKey old = new WrappedKey(rows.getShort(2), rows.getBytes(3));
                    byte[] secret = keys.unwrap(envelope, owner(request), old);
                    WrappedKey wrapped = keys.wrap(envelope, epoch, owner(request), secret);
                    update.setShort(1, wrapped.epoch());
                    update.setBytes(2, wrapped.bytes());
                    update.setObject(3, request);
                    rewrapped += update.executeUpdate();
                }
            }
        }
        return rewrapped;
    }

    private byte[] findOrMake(Connection connection, UUID request, @Nullable UUID partOf) throws SQLException {
        short epoch = currentEpoch(connection);
        Envelope envelope = new Envelope();
        byte[] fresh = Secrets.random();
        WrappedKey wrapped = keys.wrap(envelope, epoch, owner(request), fresh);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO request_key (request, part_of, key_epoch, wrapped_key) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setObject(1, request);
            insert.setObject(2, partOf);
            insert.setShort(3, wrapped.epoch());
            insert.setBytes(4, wrapped.bytes());
            if (insert.executeUpdate() == 1) {
                return fresh;
            }
        }
        WrappedKey held = lock(connection, request);
        if (held == null) {
            throw new IllegalStateException("the request is over: its key was destroyed");
        }
        return keys.unwrap(envelope, owner(request), held);
    }

    /** Whoever destroys an epoch waits for the lock: nobody then still wraps with it. */
    private short currentEpoch(Connection connection) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute("LOCK TABLE request_key IN ROW EXCLUSIVE MODE");
        }
        return KeyEpochRows.current(connection, keys);
    }

    private static @Nullable WrappedKey lock(Connection connection, UUID request) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT key_epoch, wrapped_key FROM request_key WHERE request = ? FOR SHARE")) {
            select.setObject(1, request);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                byte[] wrapped = row.getBytes(2);
                return wrapped == null ? null : new WrappedKey(row.getShort(1), wrapped);
            }
        }
    }

    private static byte[] open(byte[] secret, UUID request, String name, byte[] sealed) {
        try {
            return new Envelope().open(Secrets.encryptionKey(secret), context(request, name), sealed);
        } catch (UnreadableEnvelopeException e) {
            throw new KeysRefusedException("A request's secret in the vault does not open (" + e.word()
                    + "): the vault's database is damaged or was changed by hand.");
        }
    }

    private static byte[] owner(UUID request) {
        return ("request:" + request).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] context(UUID request, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(17 + text.length)
                .put((byte) 'r')
                .putLong(request.getMostSignificantBits())
                .putLong(request.getLeastSignificantBits())
                .put(text)
                .array();
    }
}
