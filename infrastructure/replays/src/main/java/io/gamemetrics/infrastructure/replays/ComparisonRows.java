package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Comparisons as rows, each method in the caller's transaction. */
final class ComparisonRows {

    private static final String COLUMNS = "id, state, asked_at, ended_at, cells, entries, differences, problem";

    private ComparisonRows() {}

    static Comparison insert(Connection connection, UUID replay) throws SQLException {
        Comparison made = one(
                connection,
                "INSERT INTO replays.comparison (replay, state) VALUES (?, 'WANTED') RETURNING " + COLUMNS,
                replay);
        if (made == null) {
            throw new SQLException("a comparison just made is not there");
        }
        return made;
    }

    static @Nullable Comparison open(Connection connection, UUID replay) throws SQLException {
        return one(
                connection,
                "SELECT " + COLUMNS + " FROM replays.comparison WHERE replay = ? AND state IN ('WANTED', 'RUNNING')",
                replay);
    }

    static @Nullable Comparison latest(Connection connection, UUID replay) throws SQLException {
        return one(
                connection,
                "SELECT " + COLUMNS + " FROM replays.comparison WHERE replay = ? ORDER BY id DESC LIMIT 1",
                replay);
    }

    private static @Nullable Comparison one(Connection connection, String statement, UUID replay) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(statement)) {
            select.setObject(1, replay);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? comparison(row) : null;
            }
        }
    }

    private static Comparison comparison(ResultSet row) throws SQLException {
        OffsetDateTime ended = row.getObject(4, OffsetDateTime.class);
        return new Comparison(
                row.getLong(1),
                Comparison.State.valueOf(row.getString(2)),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getString(8));
    }

    /** Whoever waited may be read now, or be gone: what is not found out by now is to be asked for again. */
    static void end(Connection connection, UUID replay) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE replays.comparison SET state = 'FAILED', problem = 'Readers were switched, or the replay was over, before it was.', held_until = NULL,"
                        + " ended_at = clock_timestamp() WHERE replay = ? AND state IN ('WANTED', 'RUNNING')")) {
            update.setObject(1, replay);
            update.executeUpdate();
        }
    }

    static void hold(Connection connection, long id, String instance, Hold hold) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE replays.comparison SET held_until = clock_timestamp() + interval '30 seconds' WHERE id = ?"
                        + " AND told_by = ? AND state = 'RUNNING'")) {
            update.setLong(1, id);
            update.setString(2, instance);
            if (update.executeUpdate() == 0) {
                return;
            }
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM replays.hold WHERE comparison = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO replays.hold (comparison, partition, incarnation, position) VALUES (?, ?, ?, ?)")) {
            for (Map.Entry<Integer, Position> each : hold.positions().entrySet()) {
                insert.setLong(1, id);
                insert.setInt(2, each.getKey());
                insert.setLong(3, each.getValue().incarnation());
                insert.setLong(4, each.getValue().number());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static void insert(Connection connection, long id, long count, List<Difference> found) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE replays.comparison SET differences = ? WHERE id = ?")) {
            update.setLong(1, count);
            update.setLong(2, id);
            update.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO replays.difference (comparison, number, section, game, part, old_count, new_count,"
                        + " old_checksum, new_checksum, distance, positions) VALUES (?,?,?,?,?,?,?,?,?,?,?)")) {
            int number = 0;
            for (Difference each : found.subList(0, Math.min(found.size(), Comparisons.MOST_DIFFERENCES))) {
                insert.setLong(1, id);
                insert.setInt(2, ++number);
                insert.setString(3, each.section());
                insert.setInt(4, each.game());
                insert.setString(5, each.part());
                insert.setLong(6, each.oldCount());
                insert.setLong(7, each.newCount());
                insert.setObject(8, each.oldChecksum(), Types.BIGINT);
                insert.setObject(9, each.newChecksum(), Types.BIGINT);
                insert.setObject(10, each.distance(), Types.DOUBLE);
                insert.setArray(
                        11, connection.createArrayOf("text", each.positions().toArray()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static List<Difference> differences(Connection connection, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT section, game, part, old_count, new_count, old_checksum, new_checksum, distance, positions"
                        + " FROM replays.difference WHERE comparison = ? ORDER BY number")) {
            select.setLong(1, id);
            try (ResultSet rows = select.executeQuery()) {
                List<Difference> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new Difference(
                            rows.getString(1),
                            rows.getInt(2),
                            rows.getString(3),
                            rows.getLong(4),
                            rows.getLong(5),
                            rows.getObject(6, Long.class),
                            rows.getObject(7, Long.class),
                            rows.getObject(8, Double.class),
                            List.of((String[]) rows.getArray(9).getArray())));
                }
                return found;
            }
        }
    }
}
