package io.gamemetrics.infrastructure.privacy;

import io.gamemetrics.sharedkernel.ids.GameId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements on the tables {@code game} and {@code game_stream}. */
final class GameRows {

    private final KeyDirectory keys;

    GameRows(KeyDirectory keys) {
        this.keys = keys;
    }

    /** A game's number and both its secrets, wrapped. */
    record GameRow(int number, GameId gameId, WrappedKey key, WrappedKey rejectionKey) {}

    private static final String SELECT =
            "SELECT number, game_id, key_epoch, wrapped_key, rejection_epoch, rejection_key FROM game ";

    @Nullable
    GameRow byId(Connection connection, GameId gameId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + "WHERE game_id = ?")) {
            statement.setString(1, gameId.value());
            return first(statement);
        }
    }

    @Nullable
    GameRow byNumber(Connection connection, int number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT + "WHERE number = ?")) {
            statement.setInt(1, number);
            return first(statement);
        }
    }

    /** The game, made now when it is new. In a transaction: the vault's row lock orders those who make games. */
    GameRow findOrCreate(Connection connection, GameId gameId) throws SQLException {
        int number;
        try (PreparedStatement lock = connection.prepareStatement("SELECT next_game FROM vault FOR UPDATE");
                ResultSet row = lock.executeQuery()) {
            row.next();
            number = row.getInt(1);
        }
        GameRow made = byId(connection, gameId);
        if (made != null) {
            return made;
        }
        short epoch = KeyEpochRows.current(connection, keys);
        Envelope envelope = new Envelope();
        GameRow game = new GameRow(
                number,
                gameId,
                keys.wrap(envelope, epoch, owner(number), Secrets.random()),
                keys.wrap(envelope, epoch, rejectionOwner(number), Secrets.random()));
        try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO game (number, game_id, key_epoch, wrapped_key, rejection_epoch, rejection_key)"
                                + " VALUES (?, ?, ?, ?, ?, ?)");
                PreparedStatement next = connection.prepareStatement("UPDATE vault SET next_game = ?")) {
            insert.setInt(1, number);
            insert.setString(2, gameId.value());
            insert.setShort(3, game.key().epoch());
            insert.setBytes(4, game.key().bytes());
            insert.setShort(5, game.rejectionKey().epoch());
            insert.setBytes(6, game.rejectionKey().bytes());
            insert.executeUpdate();
            next.setInt(1, number + 1);
            next.executeUpdate();
        }
        return game;
    }

    void addStreams(Connection connection, int number, Collection<UUID> streams) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO game_stream (stream, game) SELECT unnest(?::uuid[]), ? ON CONFLICT DO NOTHING")) {
            insert.setArray(1, connection.createArrayOf("uuid", streams.toArray()));
            insert.setInt(2, number);
            insert.executeUpdate();
        }
    }

    /** The data keys of those of the streams that are a game's. */
    Map<UUID, DataKey> keysOf(Connection connection, Collection<UUID> streams) throws SQLException {
        return keysOf(
                connection,
                "SELECT s.stream, g.number, g.key_epoch, g.wrapped_key, -1"
                        // As with subjects: a look-up each, never the whole table.
                        + " FROM unnest(?::uuid[]) AS wanted (key) CROSS JOIN LATERAL (SELECT * FROM game_stream"
                        + " WHERE stream = wanted.key OFFSET 0) AS s JOIN game g ON g.number = s.game",
                streams);
    }

    /** The data keys of the games of those of the streams that are a player's, also of one whose own key was destroyed. */
    Map<UUID, DataKey> keysOfPlayersGames(Connection connection, Collection<UUID> streams) throws SQLException {
        return keysOf(
                connection,
                "SELECT s.pseudonym, g.number, g.key_epoch, g.wrapped_key, s.player_number" + " FROM "
                        + SubjectRows.each("pseudonym = wanted.key") + " JOIN game g ON g.number = s.game",
                streams);
    }

    private Map<UUID, DataKey> keysOf(Connection connection, String sql, Collection<UUID> streams) throws SQLException {
        Map<UUID, DataKey> found = new HashMap<>();
        Map<Integer, byte[]> secrets = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("uuid", streams.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    UUID stream = rows.getObject(1, UUID.class);
                    int number = rows.getInt(2);
                    byte[] secret = secrets.get(number);
                    if (secret == null) {
                        WrappedKey wrapped = new WrappedKey(rows.getShort(3), rows.getBytes(4));
                        secret = keys.unwrap(new Envelope(), owner(number), wrapped);
                        secrets.put(number, secret);
                    }
                    found.put(stream, DataKey.of(stream, number, rows.getInt(5), secret));
                }
            }
        }
        return found;
    }

    /** The key under which a game's refused events are kept. */
    DataKey rejectionKey(GameRow game) {
        byte[] owner = rejectionOwner(game.number());
        byte[] secret = keys.unwrap(new Envelope(), owner, game.rejectionKey());
        return DataKey.of(UUID.nameUUIDFromBytes(owner), game.number(), -1, secret);
    }

    /** Wraps the secrets of every game anew that an older epoch wraps. */
    void rewrap(Connection connection) throws SQLException {
        short epoch = KeyEpochRows.current(connection, keys);
        try (PreparedStatement select =
                        connection.prepareStatement(SELECT + "WHERE key_epoch < ? OR rejection_epoch < ? FOR UPDATE");
                PreparedStatement update = connection.prepareStatement("UPDATE game SET key_epoch = ?, wrapped_key = ?,"
                        + " rejection_epoch = ?, rejection_key = ? WHERE number = ?")) {
            select.setShort(1, epoch);
            select.setShort(2, epoch);
            Envelope envelope = new Envelope();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    GameRow game = row(rows);
                    WrappedKey key = again(envelope, epoch, owner(game.number()), game.key());
                    WrappedKey rejectionKey =
                            again(envelope, epoch, rejectionOwner(game.number()), game.rejectionKey());
                    update.setShort(1, key.epoch());
                    update.setBytes(2, key.bytes());
                    update.setShort(3, rejectionKey.epoch());
                    update.setBytes(4, rejectionKey.bytes());
                    update.setInt(5, game.number());
                    update.executeUpdate();
                }
            }
        }
    }

    private WrappedKey again(Envelope envelope, short epoch, byte[] owner, WrappedKey wrapped) {
        return keys.wrap(envelope, epoch, owner, keys.unwrap(envelope, owner, wrapped));
    }

    private static @Nullable GameRow first(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? row(rows) : null;
        }
    }

    private static GameRow row(ResultSet rows) throws SQLException {
        return new GameRow(
                rows.getInt(1),
                new GameId(rows.getString(2)),
                new WrappedKey(rows.getShort(3), rows.getBytes(4)),
                new WrappedKey(rows.getShort(5), rows.getBytes(6)));
    }

    private static byte[] owner(int number) {
        return ("game:" + number).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] rejectionOwner(int number) {
        return ("rejected:" + number).getBytes(StandardCharsets.US_ASCII);
    }
}
