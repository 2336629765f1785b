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
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.postgresql.PGStatement;
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

    private static final String[] TYPES = {"int4", "text", "int4", "int4", "int4", "bytea"};

    private final SortedMap<Key, Change> changes = new TreeMap<>(ORDER);

    private record Key(int game, Character sort, LocalDate day, int container) {}

    private static final class Change {
        final RoaringBitmap in = new RoaringBitmap();
        final RoaringBitmap out = new RoaringBitmap();

        /** Whether that changed the set. */
        boolean apply(RoaringBitmap set) {
            if (set.contains(in) && !RoaringBitmap.intersects(set, out)) {
                return false;
            }
            set.andNot(out);
            set.or(in);
            return true;
        }
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
     * Writes all changes. Rows are locked and made in one order by all writers, so that nobody overwrites a set they have
     * not seen. A set that holds what it should is not written.
     */
    void write(Connection connection) throws SQLException {
        SortedMap<Key, Change> left = new TreeMap<>(changes);
        while (!left.isEmpty()) {
            update(connection, left);
            insert(connection, left);
        }
    }

    /** Those that are there, which leave the map. */
    private static void update(Connection connection, SortedMap<Key, Change> left) throws SQLException {
        Columns keys = new Columns("int4", "text", "int4", "int4");
        left.keySet().forEach(key -> keys.add(key.game, key.sort.toString(), Columns.day(key.day), key.container));
        Columns changed = new Columns(TYPES);
        String sql = "SELECT s.game, s.sort, s.day, s.container, s.players FROM " + keys.unnest()
                + " WITH ORDINALITY AS k(game, sort, day, container, place) JOIN player_set s"
                + " ON s.game = k.game AND s.sort = k.sort::\"char\" AND s.day = " + Columns.DAY.replace("day", "k.day")
                + " AND s.container = k.container ORDER BY k.place FOR UPDATE OF s";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(Sql.FORCE_BINARY);
            keys.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Key key = new Key(
                            rows.getInt(1),
                            rows.getString(2).charAt(0),
                            rows.getObject(3, LocalDate.class),
                            rows.getInt(4));
                    Change change = Objects.requireNonNull(left.remove(key));
                    RoaringBitmap set = read(rows.getBytes(5));
                    if (change.apply(set)) {
                        add(changed, key, set);
                    }
                }
            }
        }
        changed.execute(
                connection,
                "UPDATE player_set s SET size = n.size, players = n.players FROM " + changed.unnest()
                        + " AS n(game, sort, day, container, size, players) WHERE s.game = n.game"
                        + " AND s.sort = n.sort::\"char\" AND s.day = " + Columns.DAY.replace("day", "n.day")
                        + " AND s.container = n.container");
    }

    /** The others, which leave the map unless another writer has made them meanwhile. */
    private static void insert(Connection connection, SortedMap<Key, Change> left) throws SQLException {
        if (left.isEmpty()) {
            return;
        }
        Columns added = new Columns(TYPES);
        left.forEach((key, change) -> {
            RoaringBitmap set = new RoaringBitmap();
            change.apply(set);
            add(added, key, set);
        });
        String sql = "INSERT INTO player_set (game, sort, day, container, size, players)"
                + " SELECT game, sort::\"char\", " + Columns.DAY + ", container, size, players FROM " + added.unnest()
                + " AS n(game, sort, day, container, size, players) ON CONFLICT DO NOTHING"
                + " RETURNING game, sort, day, container";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            added.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    left.remove(new Key(
                            rows.getInt(1),
                            rows.getString(2).charAt(0),
                            rows.getObject(3, LocalDate.class),
                            rows.getInt(4)));
                }
            }
        }
    }

    private static void add(Columns columns, Key key, RoaringBitmap set) {
        set.runOptimize();
        columns.add(
                key.game, key.sort.toString(), Columns.day(key.day), key.container, set.getCardinality(), bytes(set));
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
