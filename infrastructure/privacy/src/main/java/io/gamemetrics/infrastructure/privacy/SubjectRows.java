package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.infrastructure.privacy.ErasedRows.Erased;
import io.gamemetrics.infrastructure.privacy.Vault.Subject;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The statements on the table {@code subject}. */
final class SubjectRows {

    /** Takes the key, the id and the way to find them out of the rows a condition names. */
    static final String DESTROY =
            "UPDATE subject SET player_hash = NULL, player_id = NULL, key_epoch = NULL, wrapped_key = NULL";

    private final KeyDirectory keys;

    SubjectRows(KeyDirectory keys) {
        this.keys = keys;
    }

    /** A player and the key of their stream. */
    record Known(Subject subject, DataKey key) {}

    /** Who has a subject, and who was erased, let back in or not. */
    record Admitted(List<Known> known, Map<PlayerId, Erased> erased) {}

    /**
     * The rows of each of an array of keys, one index look-up a key. OFFSET 0 keeps the planner from reading the whole table
     * instead, as it would for some hundred keys of some ten thousand.
     */
    static String each(String condition) {
        return "unnest(?::uuid[]) AS wanted (key) CROSS JOIN LATERAL (SELECT * FROM subject WHERE " + condition
                + " OFFSET 0) AS s";
    }

    HashedIds hashed(int game, Collection<PlayerId> players) {
        return HashedIds.of(keys, game, players);
    }

    /** Those of the players who have a subject. */
    List<Known> byPlayer(Connection connection, HashedIds players) throws SQLException {
        int game = players.game();
        List<Known> found = new ArrayList<>();
        Envelope envelope = new Envelope();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT s.pseudonym, s.player_number, s.key_epoch, s.wrapped_key, s.player_hash FROM "
                        + each("player_hash = wanted.key AND game = ?"))) {
            select.setArray(1, connection.createArrayOf("uuid", players.hashes().toArray()));
            select.setInt(2, game);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    UUID pseudonym = rows.getObject(1, UUID.class);
                    int number = rows.getInt(2);
                    byte[] secret = unwrap(envelope, pseudonym, rows.getShort(3), rows.getBytes(4));
                    PlayerId player = players.idOf(rows.getObject(5, UUID.class));
                    found.add(new Known(
                            new Subject(game, new Pseudonym(pseudonym), number, player),
                            DataKey.of(pseudonym, game, number, secret)));
                }
            }
        }
        return found;
    }

    /** Those of the players whose erasure was begun and who were not let back in, and those who were. */
    static Map<PlayerId, Erased> erased(Connection connection, HashedIds players) throws SQLException {
        Map<PlayerId, Erased> found = new HashMap<>();
        ErasedRows.of(connection, players.game(), players.hashes())
                .forEach((hash, erased) -> found.put(players.idOf(hash), erased));
        return found;
    }

    /**
     * The subjects of all these players, those missing made now, but of those erased and not readmitted. In a transaction:
     * the lock on the game's row orders who makes players, so each sees what was committed before, and numbers are dense.
     */
    Admitted findOrCreate(Connection connection, HashedIds players) throws SQLException {
        int game = players.game();
        Next locked = lockNextPlayer(connection, game);
        int next = locked.player();
        List<Known> known = byPlayer(connection, players);
        Set<PlayerId> missing = new HashSet<>(players.ids());
        known.forEach(found -> missing.remove(found.subject().playerId()));
        Map<PlayerId, Erased> erased = erased(connection, players);
        Envelope envelope = new Envelope();
        List<Row> made = new ArrayList<>();
        for (PlayerId player : missing) {
            Erased before = erased.get(player);
            if (before == null || before.isReadmitted()) {
                Subject subject = new Subject(game, new Pseudonym(UUID.randomUUID()), next + made.size(), player);
                made.add(newRow(
                        envelope,
                        locked.epoch(),
                        subject,
                        players.hashOf(player),
                        before == null ? 0 : before.times()));
            }
        }
        if (made.isEmpty()) {
            return new Admitted(known, erased);
        }
        insert(connection, game, made);
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE game SET next_player = ? WHERE number = ?")) {
            update.setInt(1, next + made.size());
            update.setInt(2, game);
            update.executeUpdate();
        }
        made.forEach(row -> known.add(row.known()));
        return new Admitted(known, erased);
    }

    /** The players behind those of the streams that have one, with their keys, by stream. */
    Map<UUID, Known> byStream(Connection connection, Collection<UUID> streams) throws SQLException {
        Map<UUID, Known> found = new LinkedHashMap<>();
        Envelope envelope = new Envelope();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT s.pseudonym, s.game, s.player_number, s.key_epoch, s.wrapped_key, s.player_id" + " FROM "
                        + each("pseudonym = wanted.key AND wrapped_key IS NOT NULL"))) {
            select.setArray(1, connection.createArrayOf("uuid", streams.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    UUID pseudonym = rows.getObject(1, UUID.class);
                    int game = rows.getInt(2);
                    int number = rows.getInt(3);
                    byte[] secret = unwrap(envelope, pseudonym, rows.getShort(4), rows.getBytes(5));
                    DataKey key = DataKey.of(pseudonym, game, number, secret);
                    PlayerId player = openId(envelope, key, rows.getBytes(6));
                    found.put(pseudonym, new Known(new Subject(game, new Pseudonym(pseudonym), number, player), key));
                }
            }
        }
        return found;
    }

    /** The keys of those of the streams that are a player's, without a look at who it is. */
    Map<UUID, DataKey> keysOf(Connection connection, Collection<UUID> streams) throws SQLException {
        Map<UUID, DataKey> found = new HashMap<>();
        Envelope envelope = new Envelope();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT s.pseudonym, s.game, s.player_number, s.key_epoch, s.wrapped_key"
                        + " FROM " + each("pseudonym = wanted.key AND wrapped_key IS NOT NULL"))) {
            select.setArray(1, connection.createArrayOf("uuid", streams.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    UUID pseudonym = rows.getObject(1, UUID.class);
                    byte[] secret = unwrap(envelope, pseudonym, rows.getShort(4), rows.getBytes(5));
                    found.put(pseudonym, DataKey.of(pseudonym, rows.getInt(2), rows.getInt(3), secret));
                }
            }
        }
        return found;
    }

    Set<UUID> erased(Connection connection, Collection<UUID> streams) throws SQLException {
        Set<UUID> found = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT s.pseudonym FROM " + each("pseudonym = wanted.key AND wrapped_key IS NULL"))) {
            select.setArray(1, connection.createArrayOf("uuid", streams.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return found;
    }

    /** Takes the key, the id and the way to find them out of the row. */
    void destroy(Connection connection, UUID stream) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(DESTROY + " WHERE pseudonym = ?")) {
            update.setObject(1, stream);
            update.executeUpdate();
        }
    }

    private record Row(Known known, UUID hash, byte[] sealedId, WrappedKey wrapped, int erasedBefore) {}

    private Row newRow(Envelope envelope, short epoch, Subject subject, UUID hash, int erasedBefore) {
        UUID pseudonym = subject.pseudonym().value();
        byte[] secret = Secrets.random();
        DataKey key = DataKey.of(pseudonym, subject.gameNumber(), subject.playerNumber(), secret);
        return new Row(
                new Known(subject, key),
                hash,
                envelope.seal(
                        key.encryption(),
                        idContext(pseudonym),
                        subject.playerId().value().getBytes(StandardCharsets.UTF_8)),
                keys.wrap(envelope, epoch, bytes(pseudonym), secret),
                erasedBefore);
    }

    private static void insert(Connection connection, int game, List<Row> made) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO subject (game, pseudonym, player_number, player_hash, player_id, key_epoch, wrapped_key,"
                        + " erased_before) SELECT ?, * FROM unnest(?::uuid[], ?::int[], ?::uuid[], ?::bytea[],"
                        + " ?::smallint[], ?::bytea[], ?::int[])")) {
            insert.setInt(1, game);
            Object[] pseudonyms = made.stream()
                    .map(row -> row.known().subject().pseudonym().value())
                    .toArray();
            Object[] numbers = made.stream()
                    .map(row -> row.known().subject().playerNumber())
                    .toArray();
            insert.setArray(2, connection.createArrayOf("uuid", pseudonyms));
            insert.setArray(3, connection.createArrayOf("int4", numbers));
            insert.setArray(
                    4,
                    connection.createArrayOf(
                            "uuid", made.stream().map(Row::hash).toArray()));
            insert.setArray(
                    5,
                    connection.createArrayOf(
                            "bytea", made.stream().map(Row::sealedId).toArray(byte[][]::new)));
            insert.setArray(
                    6,
                    connection.createArrayOf(
                            "int2",
                            made.stream().map(row -> row.wrapped().epoch()).toArray()));
            insert.setArray(
                    7,
                    connection.createArrayOf(
                            "bytea",
                            made.stream().map(row -> row.wrapped().bytes()).toArray(byte[][]::new)));
            insert.setArray(
                    8,
                    connection.createArrayOf(
                            "int4", made.stream().map(Row::erasedBefore).toArray()));
            insert.executeUpdate();
        }
    }

    /** @param epoch the newest one, which wraps their keys */
    private record Next(int player, short epoch) {}

    private Next lockNextPlayer(Connection connection, int game) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                "SELECT next_player, " + KeyEpochRows.CURRENT + " FROM game WHERE number = ? FOR NO KEY UPDATE")) {
            lock.setInt(1, game);
            try (ResultSet row = lock.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalArgumentException("the vault has no game with this number: " + game);
                }
                short epoch = row.getShort(2);
                KeyEpochRows.requireFit(connection, keys, epoch);
                return new Next(row.getInt(1), epoch);
            }
        }
    }

    private byte[] unwrap(Envelope envelope, UUID pseudonym, short epoch, byte[] wrapped) {
        return keys.unwrap(envelope, bytes(pseudonym), new WrappedKey(epoch, wrapped));
    }

    private static PlayerId openId(Envelope envelope, DataKey key, byte[] sealed) {
        try {
            byte[] id = envelope.open(key.encryption(), idContext(key.stream()), sealed);
            return new PlayerId(new String(id, StandardCharsets.UTF_8));
        } catch (UnreadableEnvelopeException e) {
            throw new KeysRefusedException("A player's id in the vault does not open (" + e.word()
                    + "): the vault's database is damaged or was changed by hand.");
        }
    }

    private static byte[] idContext(UUID pseudonym) {
        return ByteBuffer.allocate(17).put((byte) 'i').put(bytes(pseudonym)).array();
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
