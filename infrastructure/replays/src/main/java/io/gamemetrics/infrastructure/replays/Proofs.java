package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/**
 * What versions had handled at the end of each range of positions, beside what the event store holds. Safe for concurrent
 * use. Every method throws {@link ReplaysException} when the database can't be asked.
 */
public final class Proofs {

    private final Sql sql;

    /** @param database one {@link ReplaysSchema#migrate} has been run on */
    public Proofs(DataSource database) {
        this.sql = new Sql(database);
    }

    /**
     * Where a partition stood at the end of a range.
     *
     * @param count events handled since position 0
     * @param checksum sum of their hashes modulo 2^64
     */
    public record Mark(int partition, Position position, long count, long checksum) {}

    /**
     * How much is proved.
     *
     * @param ranges ranges all partitions have come to the end of; the last one, which ends where each of them was when the
     *     version had caught up, is there from that moment on
     * @param proved those of them the event store was counted for, without a difference
     * @param mismatches those where a partition handled something else than the store holds
     */
    public record Tally(long ranges, long proved, long mismatches) {

        /** Whether nothing is left to count and nothing differs. */
        public boolean provesAll() {
            return proved == ranges && mismatches == 0;
        }
    }

    /** Keeps where a partition stood. Again is the same. */
    public void reached(String projection, int version, int partition, Checkpoint at) {
        sql.change("milestone of " + projection, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO replays.milestone (projection, version, partition, incarnation, position, handled_count,"
                            + " handled_checksum) VALUES (?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (projection, version, position, partition) DO NOTHING")) {
                insert.setString(1, projection);
                insert.setInt(2, version);
                insert.setInt(3, partition);
                insert.setLong(4, at.position().incarnation());
                insert.setLong(5, at.position().number());
                insert.setLong(6, at.handledCount());
                insert.setLong(7, at.handledChecksum());
                insert.executeUpdate();
            }
            return null;
        });
    }

    /**
     * The latest marks the event store was counted for, one a partition; empty before the first.
     *
     * @param upTo number of the last position they may be at
     */
    public List<Mark> counted(String projection, int version, long upTo) {
        return marks(
                projection,
                version,
                "SELECT DISTINCT ON (partition) partition, incarnation, position, stored_count, stored_checksum"
                        + " FROM replays.milestone WHERE projection = ? AND version = ? AND stored_count IS NOT NULL"
                        + " AND position <= " + upTo + " ORDER BY partition, position DESC");
    }

    /** The marks nobody has counted the event store for, by position. */
    public List<Mark> uncounted(String projection, int version) {
        return marks(
                projection,
                version,
                "SELECT partition, incarnation, position, handled_count, handled_checksum FROM replays.milestone"
                        + " WHERE projection = ? AND version = ? AND stored_count IS NULL ORDER BY position, partition");
    }

    /** Keeps what the event store holds up to the end of a range, as each partition would have handled it. */
    public void count(String projection, int version, Collection<Mark> stored) {
        count("milestone", projection, version, stored);
    }

    private void count(String table, String projection, int version, Collection<Mark> stored) {
        sql.change(table + " of " + projection, connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE replays." + table + " SET stored_count = ?, stored_checksum = ?"
                            + " WHERE projection = ? AND version = ? AND partition = ? AND position = ?")) {
                for (Mark mark : stored) {
                    update.setLong(1, mark.count());
                    update.setLong(2, mark.checksum());
                    update.setString(3, projection);
                    update.setInt(4, version);
                    update.setInt(5, mark.partition());
                    update.setLong(6, mark.position().number());
                    update.addBatch();
                }
                update.executeBatch();
            }
            return null;
        });
    }

    /** Keeps where a partition stood when the version had caught up. Only the first time. */
    public void caughtUp(String projection, int version, Mark at) {
        sql.change("tail of " + projection, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO replays.tail (projection, version, partition, incarnation, position, handled_count,"
                            + " handled_checksum) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, projection);
                insert.setInt(2, version);
                insert.setInt(3, at.partition());
                insert.setLong(4, at.position().incarnation());
                insert.setLong(5, at.position().number());
                insert.setLong(6, at.count());
                insert.setLong(7, at.checksum());
                insert.executeUpdate();
            }
            return null;
        });
    }

    /** Where partitions stood when the version had caught up, those nobody has counted the event store for. */
    public List<Mark> uncountedTail(String projection, int version) {
        return marks(
                projection,
                version,
                "SELECT partition, incarnation, position, handled_count, handled_checksum FROM replays.tail"
                        + " WHERE projection = ? AND version = ? AND stored_count IS NULL ORDER BY partition");
    }

    /** Keeps what the event store holds up to there. */
    public void countTail(String projection, int version, Collection<Mark> stored) {
        count("tail", projection, version, stored);
    }

    /** @param partitions how many partitions the projection reads */
    public Tally tally(String projection, int version, int partitions) {
        return sql.read("proof of " + projection, connection -> tally(connection, projection, version, partitions));
    }

    static Tally tally(Connection connection, String projection, int version, int partitions) throws SQLException {
        Tally full = ranges(connection, projection, version, partitions);
        String last = "SELECT count(*), count(stored_count), bool_and(stored_count IS NULL"
                + " OR (stored_count = handled_count AND stored_checksum = handled_checksum)),"
                + " EXISTS (SELECT FROM replays.replay WHERE projection = ? AND version = ? AND built_at IS NOT NULL)"
                + " FROM replays.tail WHERE projection = ? AND version = ?";
        try (PreparedStatement select = connection.prepareStatement(last)) {
            select.setString(1, projection);
            select.setInt(2, version);
            select.setString(3, projection);
            select.setInt(4, version);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                if (!row.getBoolean(4)) {
                    return full;
                }
                boolean isCounted = row.getInt(1) == partitions && row.getInt(2) == partitions;
                boolean isSame = row.getInt(1) == 0 || row.getBoolean(3);
                return new Tally(
                        full.ranges() + 1,
                        full.proved() + (isCounted && isSame ? 1 : 0),
                        full.mismatches() + (isSame ? 0 : 1));
            }
        }
    }

    private static Tally ranges(Connection connection, String projection, int version, int partitions)
            throws SQLException {
        String all =
                "SELECT count(*), count(*) FILTER (WHERE counted AND same), count(*) FILTER (WHERE NOT same) FROM ("
                        + " SELECT bool_and(stored_count IS NOT NULL) AS counted,"
                        + " bool_and(stored_count IS NULL OR (stored_count = handled_count AND stored_checksum = handled_checksum))"
                        + " AS same FROM replays.milestone WHERE projection = ? AND version = ?"
                        + " GROUP BY position HAVING count(*) = ?) AS range";
        try (PreparedStatement select = connection.prepareStatement(all)) {
            select.setString(1, projection);
            select.setInt(2, version);
            select.setInt(3, partitions);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Tally(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        }
    }

    private List<Mark> marks(String projection, int version, String query) {
        return sql.ask(
                "milestones of " + projection,
                query,
                statement -> {
                    statement.setString(1, projection);
                    statement.setInt(2, version);
                },
                rows -> {
                    List<Mark> marks = new ArrayList<>();
                    while (rows.next()) {
                        marks.add(new Mark(
                                rows.getInt(1),
                                new Position(rows.getLong(2), rows.getLong(3)),
                                rows.getLong(4),
                                rows.getLong(5)));
                    }
                    return marks;
                });
    }
}
