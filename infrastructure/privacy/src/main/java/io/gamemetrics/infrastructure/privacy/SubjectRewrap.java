package io.gamemetrics.infrastructure.privacy;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Wraps players' keys anew, a page at a time in the order of games and numbers: no page looks at what another one has looked
 * at, however often the rows were changed. It locks no row while it thinks: one that was changed meanwhile, because the
 * player was erased, is left as it is.
 */
final class SubjectRewrap {

    static final int PAGES_AT_ONCE = 10;
    private static final int PAGE = 1_000;

    private final KeyDirectory keys;

    SubjectRewrap(KeyDirectory keys) {
        this.keys = keys;
    }

    /** The last player looked at. */
    record Place(int game, int player) {

        private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})");

        /** @throws IllegalArgumentException when it is none */
        static Place of(@Nullable String text) {
            if (text == null) {
                return new Place(0, -1);
            }
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("a place is two numbers with a dot between them");
            }
            return new Place(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }

        String text() {
            return game + "." + player;
        }
    }

    /** @param next absent: there are no more */
    record Page(int rewrapped, @Nullable Place next) {}

    /** @param connection in a transaction: whoever destroys an epoch waits until it ends */
    Page page(Connection connection, Place after) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            // Before it is asked which epoch is the newest: nobody destroys that one then before this is written.
            lock.execute("LOCK TABLE subject IN ROW EXCLUSIVE MODE");
        }
        short epoch = KeyEpochRows.current(connection, keys);
        Envelope envelope = new Envelope();
        List<UUID> pseudonyms = new ArrayList<>();
        List<byte[]> before = new ArrayList<>();
        List<WrappedKey> wrapped = new ArrayList<>();
        int looked = 0;
        Place last = after;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT game, player_number, pseudonym, key_epoch, wrapped_key"
                        + " FROM subject WHERE (game, player_number) > (?, ?) ORDER BY game, player_number LIMIT ?")) {
            select.setInt(1, after.game());
            select.setInt(2, after.player());
            select.setInt(3, PAGE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    looked++;
                    last = new Place(rows.getInt(1), rows.getInt(2));
                    byte[] old = rows.getBytes(5);
                    if (old != null && rows.getShort(4) < epoch) {
                        UUID pseudonym = rows.getObject(3, UUID.class);
                        byte[] owner = owner(pseudonym);
                        byte[] secret = keys.unwrap(envelope, owner, new WrappedKey(rows.getShort(4), old));
                        pseudonyms.add(pseudonym);
                        before.add(old);
                        wrapped.add(keys.wrap(envelope, epoch, owner, secret));
                    }
                }
            }
        }
        int changed = pseudonyms.isEmpty() ? 0 : update(connection, pseudonyms, before, wrapped);
        return new Page(changed, looked < PAGE ? null : last);
    }

    private static int update(
            Connection connection, List<UUID> pseudonyms, List<byte[]> before, List<WrappedKey> wrapped)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE subject s SET key_epoch = n.key_epoch,"
                + " wrapped_key = n.wrapped_key FROM unnest(?::uuid[], ?::bytea[], ?::smallint[], ?::bytea[])"
                + " AS n (pseudonym, before, key_epoch, wrapped_key)"
                + " WHERE s.pseudonym = n.pseudonym AND s.wrapped_key = n.before")) {
            update.setArray(1, connection.createArrayOf("uuid", pseudonyms.toArray()));
            update.setArray(2, connection.createArrayOf("bytea", before.toArray(byte[][]::new)));
            update.setArray(
                    3,
                    connection.createArrayOf(
                            "int2", wrapped.stream().map(WrappedKey::epoch).toArray()));
            update.setArray(
                    4,
                    connection.createArrayOf(
                            "bytea", wrapped.stream().map(WrappedKey::bytes).toArray(byte[][]::new)));
            return update.executeUpdate();
        }
    }

    private static byte[] owner(UUID pseudonym) {
        return ByteBuffer.allocate(16)
                .putLong(pseudonym.getMostSignificantBits())
                .putLong(pseudonym.getLeastSignificantBits())
                .array();
    }
}
