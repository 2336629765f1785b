package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.infrastructure.replays.Occasion.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Replays that are offered because something would be counted otherwise. Of each projection, reason, game and board there
 * is one at a time. It goes when the occasion does, when an operator dismisses it, or when readers ask a version whose
 * replay was begun after it; when they go back to the old version it is there again. Safe for concurrent use, also by
 * several processes. Every method throws {@link ReplaysException} when the database can't be asked.
 */
public final class Offers {

    /** So many of a projection are shown and kept at a time. */
    public static final int MOST = 200;

    private static final String COLUMNS = "o.id, o.projection, o.version, o.reason, o.game, o.board, o.detail, o.since";

    /** A version that was begun later, as a whole, has it. What a part of one has is seen by who looks. */
    private static final String COVERED = "EXISTS (SELECT FROM replays.replay r WHERE r.projection = o.projection"
            + " AND r.begun_at > o.since AND r.phase IN ('SWITCHED', 'DONE')"
            + " AND r.games = '{}' AND r.stored_from IS NULL AND r.stored_to IS NULL)";

    private final Sql sql;

    /** @param database one {@link ReplaysSchema#migrate} has been run on, or will be */
    public Offers(DataSource database) {
        this.sql = new Sql(database);
    }

    /** All that are open for a projection, oldest first. */
    public List<Offer> open(String projection) {
        return sql.ask(
                "offers of " + projection,
                "SELECT " + COLUMNS + " FROM replays.offer o WHERE o.projection = ? AND o.closed_at IS NULL AND NOT "
                        + COVERED + " ORDER BY o.since, o.game, o.board LIMIT " + MOST,
                statement -> statement.setString(1, projection),
                Offers::read);
    }

    /**
     * Offers a replay. What is offered already stays as it is, and keeps its date unless the detail or the version is
     * another; what an operator dismissed is not offered again before one of them is.
     *
     * @param version the one readers ask
     */
    public void offer(String projection, int version, Occasion occasion) {
        sql.change("offer of " + projection, connection -> {
            offer(connection, projection, version, occasion);
            return null;
        });
    }

    /**
     * From now on these are all the occasions there are: offers whose occasion is gone are closed, all in one transaction.
     *
     * @param occasions those past the first {@link #MOST} are left out
     */
    public void settle(String projection, int version, Collection<Occasion> occasions) {
        List<Occasion> wanted = occasions.stream().limit(MOST).toList();
        sql.change("offers of " + projection, connection -> {
            for (Offer open : uncovered(connection, projection)) {
                boolean isGone = wanted.stream().noneMatch(occasion -> isSame(occasion, open.occasion()));
                if (isGone) {
                    close(connection, open.id(), "GONE", Replays.PLATFORM);
                }
            }
            for (Occasion occasion : wanted) {
                offer(connection, projection, version, occasion);
            }
            return null;
        });
    }

    /**
     * An operator does not want it.
     *
     * @return what was dismissed
     * @throws ReplayRefused UNKNOWN when no such offer is open
     */
    public Offer dismiss(UUID id, String actor) {
        return sql.change("offer " + id, connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                    + " FROM replays.offer o WHERE o.id = ? AND o.closed_at IS NULL AND NOT " + COVERED
                    + " FOR UPDATE")) {
                select.setObject(1, id);
                try (ResultSet rows = select.executeQuery()) {
                    List<Offer> found = read(rows);
                    if (found.isEmpty()) {
                        throw new ReplayRefused(ReplayRefused.Reason.UNKNOWN, "There is no open offer " + id + ".");
                    }
                    close(connection, id, "DISMISSED", actor);
                    return found.getFirst();
                }
            }
        });
    }

    private static void offer(Connection connection, String projection, int version, Occasion occasion)
            throws SQLException {
        try (PreparedStatement done = connection.prepareStatement(
                "UPDATE replays.offer o SET closed_at = clock_timestamp(), closed_by = ?, closed = 'DONE'"
                        + " WHERE o.projection = ? AND o.reason = ? AND o.game = ? AND o.board = ?"
                        + " AND o.closed_at IS NULL AND (o.version, o.detail) <> (?, ?) AND " + COVERED)) {
            done.setString(1, Replays.PLATFORM);
            bind(done, 2, projection, version, occasion);
            done.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO replays.offer AS o (id, projection, reason, game, board, version, detail)"
                        + " SELECT ?, p, r, g, b, v, d FROM (VALUES (?, ?, ?, ?, ?::integer, ?)) AS wanted (p, r, g, b, v, d)"
                        + " WHERE NOT EXISTS (SELECT FROM replays.offer WHERE closed = 'DISMISSED'"
                        + " AND (projection, reason, game, board, version, detail) = (p, r, g, b, v, d))"
                        + " ON CONFLICT (projection, reason, game, board) WHERE closed_at IS NULL"
                        + " DO UPDATE SET version = excluded.version, detail = excluded.detail, since = clock_timestamp()"
                        + " WHERE (o.version, o.detail) <> (excluded.version, excluded.detail)")) {
            insert.setObject(1, UUID.randomUUID());
            bind(insert, 2, projection, version, occasion);
            insert.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, int first, String projection, int version, Occasion occasion)
            throws SQLException {
        statement.setString(first, projection);
        statement.setString(first + 1, occasion.reason().name());
        statement.setString(first + 2, text(occasion.game()));
        statement.setString(first + 3, text(occasion.board()));
        statement.setInt(first + 4, version);
        statement.setString(first + 5, occasion.detail());
    }

    private static void close(Connection connection, UUID id, String how, String actor) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE replays.offer SET closed_at = clock_timestamp(), closed_by = ?, closed = ?"
                        + " WHERE id = ? AND closed_at IS NULL")) {
            update.setString(1, actor);
            update.setString(2, how);
            update.setObject(3, id);
            update.executeUpdate();
        }
    }

    /** Those with nothing closed about them, whatever readers ask meanwhile. */
    private static List<Offer> uncovered(Connection connection, String projection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM replays.offer o WHERE o.projection = ? AND o.closed_at IS NULL FOR UPDATE")) {
            select.setString(1, projection);
            try (ResultSet rows = select.executeQuery()) {
                return read(rows);
            }
        }
    }

    private static boolean isSame(Occasion one, Occasion other) {
        return one.reason() == other.reason()
                && text(one.game()).equals(text(other.game()))
                && text(one.board()).equals(text(other.board()));
    }

    private static List<Offer> read(ResultSet rows) throws SQLException {
        List<Offer> offers = new ArrayList<>();
        while (rows.next()) {
            Occasion occasion = new Occasion(
                    Reason.valueOf(rows.getString(4)),
                    absent(rows.getString(5)),
                    absent(rows.getString(6)),
                    rows.getString(7));
            offers.add(new Offer(
                    rows.getObject(1, UUID.class),
                    rows.getString(2),
                    rows.getInt(3),
                    occasion,
                    rows.getObject(8, OffsetDateTime.class).toInstant()));
        }
        return offers;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable String absent(String value) {
        return value.isEmpty() ? null : value;
    }
}
