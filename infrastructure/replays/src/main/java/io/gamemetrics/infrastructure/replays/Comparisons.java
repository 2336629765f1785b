package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Comparisons of old and new: who wants one, who makes it, what came of it. Safe for concurrent use. Every method throws
 * {@link ReplaysException} when the database can't be asked.
 */
public final class Comparisons {

    /** So many differences are kept of a comparison at most. */
    public static final int MOST_DIFFERENCES = 100;

    private static final String FRESH = "told_at > clock_timestamp() - interval '30 seconds'";

    private final Sql sql;
    private final ReplayRows replays = new ReplayRows();

    /** @param database one {@link ReplaysSchema#migrate} has been run on */
    public Comparisons(DataSource database) {
        this.sql = new Sql(database);
    }

    /**
     * Asks for one. While one is not over, asking again is asking for that.
     *
     * @throws ReplayRefused UNKNOWN without such a replay, PHASE unless both versions are kept up to date, PAUSED while it
     *     rests
     */
    public Comparison want(UUID replay, String actor) {
        return sql.change("comparison of replay " + replay, connection -> {
            Replay found = replays.read(connection, replay, true);
            if (found == null) {
                throw new ReplayRefused(ReplayRefused.Reason.UNKNOWN, "There is no replay " + replay + ".");
            }
            switch (found.phase()) {
                case FOLLOWING, SWITCHED, ROLLED_BACK -> {
                    // Both versions are there.
                }
                case TAKING_OVER, READING, DONE, CANCELLED, ABORTED ->
                    throw new ReplayRefused(
                            ReplayRefused.Reason.PHASE,
                            "A replay that is " + found.phase() + " has not two versions to compare.");
            }
            if (found.paused()) {
                throw new ReplayRefused(ReplayRefused.Reason.PAUSED, "It is paused: resume it first.");
            }
            Comparison open = ComparisonRows.open(connection, replay);
            if (open != null) {
                return open;
            }
            replays.record(connection, replay, actor, "compare", "");
            return ComparisonRows.insert(connection, replay);
        });
    }

    /** The latest one of a replay; absent before the first. */
    public Optional<Comparison> latest(UUID replay) {
        return sql.read(
                "comparison of replay " + replay,
                connection -> Optional.ofNullable(ComparisonRows.latest(connection, replay)));
    }

    /** What it found, in order, {@link #MOST_DIFFERENCES} at most. */
    public List<Difference> differences(Comparison comparison) {
        return sql.read("differences", connection -> ComparisonRows.differences(connection, comparison.id()));
    }

    /**
     * Begins it, or begins it anew when who made it has not been heard of for 30 s.
     *
     * @param instance who makes it now
     * @return absent when there is none to make
     */
    public Optional<Comparison> take(UUID replay, String instance) {
        return sql.change("comparison of replay " + replay, connection -> {
            Comparison open = ComparisonRows.open(connection, replay);
            if (open == null) {
                return Optional.empty();
            }
            int taken = update(
                    connection,
                    "UPDATE replays.comparison SET state = 'RUNNING', told_by = ?, told_at = clock_timestamp(), held_until = NULL"
                            + " WHERE id = ? AND (state = 'WANTED' OR NOT " + FRESH + ")",
                    instance,
                    open.id());
            return taken == 1 ? Optional.of(open) : Optional.empty();
        });
    }

    /**
     * Tells how far it is.
     *
     * @return false when another instance makes it now, or nobody wants it any more
     */
    public boolean tell(long id, String instance, long cells, long entries) {
        return sql.change("comparison " + id, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE replays.comparison SET told_at = clock_timestamp(), cells = ?, entries = ?"
                            + " WHERE id = ? AND told_by = ? AND state = 'RUNNING'")) {
                update.setLong(1, cells);
                update.setLong(2, entries);
                update.setLong(3, id);
                update.setString(4, instance);
                return update.executeUpdate() == 1;
            }
        });
    }

    /** Makes the version nobody reads wait, for 30 s at most unless this is said again. */
    public void hold(long id, String instance, Hold hold) {
        sql.change("hold of comparison " + id, connection -> {
            ComparisonRows.hold(connection, id, instance, hold);
            return null;
        });
    }

    /** Lets it go on. */
    public void release(long id, String instance) {
        sql.change("hold of comparison " + id, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE replays.comparison SET held_until = NULL WHERE id = ? AND told_by = ?")) {
                update.setLong(1, id);
                update.setString(2, instance);
                return update.executeUpdate();
            }
        });
    }

    /** Where the version nobody reads is to wait; absent when it need not. */
    public Optional<Hold> held(UUID replay) {
        return sql.ask(
                "hold of replay " + replay,
                "SELECT h.partition, h.incarnation, h.position FROM replays.comparison c"
                        + " LEFT JOIN replays.hold h ON h.comparison = c.id"
                        + " WHERE c.replay = ? AND c.state = 'RUNNING' AND c.held_until > clock_timestamp()",
                statement -> statement.setObject(1, replay),
                Comparisons::hold);
    }

    private static Optional<Hold> hold(ResultSet rows) throws SQLException {
        boolean isHeld = false;
        Map<Integer, Position> positions = new TreeMap<>();
        while (rows.next()) {
            isHeld = true;
            if (rows.getObject(1) != null) {
                positions.put(rows.getInt(1), new Position(rows.getLong(2), rows.getLong(3)));
            }
        }
        return isHeld ? Optional.of(new Hold(positions)) : Optional.empty();
    }

    /**
     * Ends it.
     *
     * @param count of all differences, also of those that are not listed
     * @param found the first of them
     */
    public void done(long id, String instance, long count, List<Difference> found) {
        sql.change("comparison " + id, connection -> {
            int ended = update(
                    connection,
                    "UPDATE replays.comparison SET state = 'DONE', held_until = NULL, ended_at = clock_timestamp()"
                            + " WHERE told_by = ? AND id = ? AND state = 'RUNNING'",
                    instance,
                    id);
            if (ended == 1) {
                ComparisonRows.insert(connection, id, count, found);
            }
            return null;
        });
    }

    /** Ends it without having found out. */
    public void failed(long id, String instance, String problem) {
        sql.change("comparison " + id, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE replays.comparison SET state = 'FAILED', problem = ?, held_until = NULL,"
                            + " ended_at = clock_timestamp() WHERE id = ? AND told_by = ? AND state = 'RUNNING'")) {
                update.setString(1, problem);
                update.setLong(2, id);
                update.setString(3, instance);
                return update.executeUpdate();
            }
        });
    }

    private static int update(Connection connection, String statement, String text, long id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            update.setString(1, text);
            update.setLong(2, id);
            return update.executeUpdate();
        }
    }
}
