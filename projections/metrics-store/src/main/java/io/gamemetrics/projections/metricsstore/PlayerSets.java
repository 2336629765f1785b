package io.gamemetrics.projections.metricsstore;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * Changes to the sets of players a day, as roaring bitmaps of 65,536 players each: exact, a bit or two a player and day,
 * and a player can be taken out again. Used by one thread.
 */
final class PlayerSets {

    static final char ACTIVE = 'a';
    static final char PAID = 'p';
    static final char COHORT = 'c';

    private static final Comparator<Key> ORDER = Comparator.comparingInt(Key::game)
            .thenComparing(Key::sort)
            .thenComparing(Key::day)
            .thenComparingInt(Key::container);

    private final Map<Key, Change> changes = new TreeMap<>(ORDER);

    private record Key(int game, Character sort, LocalDate day, int container) {}

    private static final class Change {
        final RoaringBitmap in = new RoaringBitmap();
        final RoaringBitmap out = new RoaringBitmap();
    }

    void include(int game, char sort, LocalDate day, int player) {
        change(game, sort, day, player).in.add(player & 0xFFFF);
    }

    void exclude(int game, char sort, LocalDate day, int player) {
        change(game, sort, day, player).out.add(player & 0xFFFF);
    }

    private Change change(int game, char sort, LocalDate day, int player) {
        return changes.computeIfAbsent(new Key(game, sort, day, player >>> 16), key -> new Change());
    }

    /**
     * Writes all changes. Rows are made first and locked then, both in one order for all writers: nobody overwrites a set
     * they have not seen, and nobody waits in a circle.
     */
    void write(Connection connection) throws SQLException {
        Columns keys = new Columns("int4", "text", "date", "int4");
        changes.keySet().forEach(key -> keys.add(key.game, key.sort.toString(), key.day.toString(), key.container));
        RoaringBitmap empty = new RoaringBitmap();
        keys.execute(
                connection,
                "INSERT INTO metrics.player_set (game, sort, day, container, size, players)"
                        + " SELECT game, sort::\"char\", day, container, 0, '\\x"
                        + java.util.HexFormat.of().formatHex(bytes(empty)) + "' FROM " + keys.unnest()
                        + " AS k(game, sort, day, container) ON CONFLICT DO NOTHING");
        Columns sets = changed(connection, keys);
        sets.execute(
                connection,
                "UPDATE metrics.player_set s SET size = n.size, players = n.players FROM " + sets.unnest()
                        + " AS n(game, sort, day, container, size, players) WHERE s.game = n.game"
                        + " AND s.sort = n.sort::\"char\" AND s.day = n.day AND s.container = n.container");
    }

    private Columns changed(Connection connection, Columns keys) throws SQLException {
        Columns sets = new Columns("int4", "text", "date", "int4", "int4", "bytea");
        if (keys.isEmpty()) {
            return sets;
        }
        String sql = "SELECT s.game, s.sort, s.day, s.container, s.players FROM " + keys.unnest()
                + " WITH ORDINALITY AS k(game, sort, day, container, place) JOIN metrics.player_set s"
                + " ON s.game = k.game AND s.sort = k.sort::\"char\" AND s.day = k.day AND s.container = k.container"
                + " ORDER BY k.place FOR UPDATE OF s";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            keys.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Key key = new Key(
                            rows.getInt(1),
                            rows.getString(2).charAt(0),
                            rows.getObject(3, LocalDate.class),
                            rows.getInt(4));
                    RoaringBitmap set = read(rows.getBytes(5));
                    Change change = changes.getOrDefault(key, new Change());
                    set.andNot(change.out);
                    set.or(change.in);
                    set.runOptimize();
                    sets.add(
                            key.game,
                            key.sort.toString(),
                            key.day.toString(),
                            key.container,
                            set.getCardinality(),
                            bytes(set));
                }
            }
        }
        return sets;
    }

    static RoaringBitmap read(byte[] bytes) {
        RoaringBitmap set = new RoaringBitmap();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            set.deserialize(in);
        } catch (IOException e) {
            throw new UncheckedIOException("a set of players could not be read", e);
        }
        return set;
    }

    static byte[] bytes(RoaringBitmap set) {
        ByteBuffer buffer = ByteBuffer.allocate(set.serializedSizeInBytes());
        set.serialize(buffer);
        return buffer.array();
    }
}
