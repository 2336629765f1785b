package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.infrastructure.replays.Replay.Phase;
import io.gamemetrics.infrastructure.replays.ReplayWish.SwitchWhen;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Replays as rows, each method in the caller's transaction. */
final class ReplayRows {

    private static final String COLUMNS =
            "id, projection, version, replaces, phase, paused, events_per_second, switch_when,"
                    + " abort_lag_seconds, abort_free_gib, begun_at, ended_at, problem, games, stored_from, stored_to, types";

    /** Whether the projection can be rebuilt; absent when nobody knows it. */
    Optional<Boolean> isRebuildable(Connection connection, String projection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT rebuildable FROM replays.projection WHERE name = ?")) {
            select.setString(1, projection);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
            }
        }
    }

    /** Makes the new version, beside the active one. */
    Replay insert(Connection connection, String projection, ReplayWish wish) throws SQLException {
        UUID id = UUID.randomUUID();
        String sql =
                "WITH known AS (SELECT max(number) AS latest, max(number) FILTER (WHERE state = 'ACTIVE') AS active"
                        + " FROM replays.version WHERE projection = ?),"
                        + " made AS (INSERT INTO replays.version (projection, number, handlers, state)"
                        + " SELECT p.name, latest + 1, p.handlers, 'BUILDING' FROM known, replays.projection p WHERE p.name = ?"
                        + " RETURNING number)"
                        + " INSERT INTO replays.replay (id, projection, version, replaces, phase, events_per_second, switch_when,"
                        + " abort_lag_seconds, abort_free_gib, games, stored_from, stored_to, types)"
                        + " SELECT ?, ?, made.number, known.active, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM made, known";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, projection);
            insert.setString(2, projection);
            insert.setObject(3, id);
            insert.setString(4, projection);
            ReplayPart part = wish.part();
            insert.setString(5, (part.takesOver() ? Phase.TAKING_OVER : Phase.READING).name());
            insert.setObject(6, wish.eventsPerSecond());
            insert.setString(7, wish.switchWhen().name());
            insert.setObject(8, wish.abortLagSeconds());
            insert.setObject(9, wish.abortFreeGib());
            insert.setArray(10, numbers(connection, part.games()));
            insert.setObject(11, utc(part.storedFrom()));
            insert.setObject(12, utc(part.storedTo()));
            insert.setArray(13, numbers(connection, part.types()));
            insert.executeUpdate();
        }
        Replay made = read(connection, id, false);
        if (made == null) {
            throw new SQLException("a replay just made is not there");
        }
        return made;
    }

    @Nullable
    Replay read(Connection connection, UUID id, boolean locked) throws SQLException {
        String sql = "SELECT " + COLUMNS + " FROM replays.replay WHERE id = ?" + (locked ? " FOR UPDATE" : "");
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, id);
            List<Replay> found = replays(select);
            return found.isEmpty() ? null : found.getFirst();
        }
    }

    Optional<Replay> open(Connection connection, String projection) throws SQLException {
        String sql = "SELECT " + COLUMNS + " FROM replays.replay WHERE projection = ?"
                + " AND phase NOT IN ('DONE', 'CANCELLED', 'ABORTED')";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, projection);
            return replays(select).stream().findFirst();
        }
    }

    List<Replay> latest(Connection connection, int most) throws SQLException {
        String sql = "SELECT " + COLUMNS + " FROM replays.replay ORDER BY begun_at DESC LIMIT ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, most);
            return replays(select);
        }
    }

    /** Writes what changed, and brings the versions' states in line with the phase. */
    void update(Connection connection, Replay replay) throws SQLException {
        String sql = "UPDATE replays.replay SET phase = ?, paused = ?, events_per_second = ?, problem = ?,"
                + " ended_at = CASE WHEN ? THEN coalesce(ended_at, clock_timestamp()) END WHERE id = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, replay.phase().name());
            update.setBoolean(2, replay.paused());
            update.setObject(3, replay.wish().eventsPerSecond());
            update.setString(4, replay.problem());
            update.setBoolean(5, replay.phase().isEnd());
            update.setObject(6, replay.id());
            update.executeUpdate();
        }
        if (replay.phase().isEnd() || replay.phase() == Phase.SWITCHED || replay.phase() == Phase.ROLLED_BACK) {
            ComparisonRows.end(connection, replay.id());
        }
        switch (replay.phase()) {
            case TAKING_OVER, READING, FOLLOWING -> {}
            case SWITCHED -> activate(connection, replay, replay.version(), replay.replaces());
            case ROLLED_BACK -> activate(connection, replay, replay.replaces(), replay.version());
            case DONE -> become(connection, replay, replay.replaces(), Version.State.DROPPING);
            case CANCELLED, ABORTED -> become(connection, replay, replay.version(), Version.State.DROPPING);
        }
    }

    /** At no moment are there two active ones, and at none that others see is there none. */
    private static void activate(Connection connection, Replay replay, int next, int last) throws SQLException {
        become(connection, replay, last, Version.State.STANDBY);
        become(connection, replay, next, Version.State.ACTIVE);
    }

    private static void become(Connection connection, Replay replay, int version, Version.State state)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE replays.version SET state = ?, changed_at = clock_timestamp() WHERE projection = ? AND number = ?")) {
            update.setString(1, state.name());
            update.setString(2, replay.projection());
            update.setInt(3, version);
            update.executeUpdate();
        }
    }

    int partitions(Connection connection, String projection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT partitions FROM replays.projection WHERE name = ?")) {
            select.setString(1, projection);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    void rebuilds(Connection connection, UUID id, Set<Integer> games) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE replays.replay SET games = ? WHERE id = ?")) {
            update.setArray(1, numbers(connection, games));
            update.setObject(2, id);
            update.executeUpdate();
        }
    }

    void built(Connection connection, UUID id, long events) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE replays.replay SET built_at = clock_timestamp(), built_events = ? WHERE id = ?")) {
            update.setLong(1, events);
            update.setObject(2, id);
            update.executeUpdate();
        }
    }

    OptionalDouble lastRate(Connection connection, String projection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT built_events / extract(epoch FROM built_at - begun_at) FROM replays.replay WHERE projection = ?"
                        + " AND built_at > begun_at ORDER BY built_at DESC LIMIT 1")) {
            select.setString(1, projection);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalDouble.of(row.getDouble(1)) : OptionalDouble.empty();
            }
        }
    }

    void record(Connection connection, UUID id, String actor, String action, String detail) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO replays.action (replay, actor, action, detail) VALUES (?, ?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setString(2, actor);
            insert.setString(3, action);
            insert.setString(4, detail);
            insert.executeUpdate();
        }
    }

    List<ReplayAction> actions(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT at, actor, action, detail FROM replays.action WHERE replay = ? ORDER BY id")) {
            select.setObject(1, id);
            try (ResultSet rows = select.executeQuery()) {
                List<ReplayAction> actions = new ArrayList<>();
                while (rows.next()) {
                    actions.add(new ReplayAction(
                            instant(rows, 1), rows.getString(2), rows.getString(3), rows.getString(4)));
                }
                return actions;
            }
        }
    }

    private static List<Replay> replays(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            List<Replay> replays = new ArrayList<>();
            while (rows.next()) {
                ReplayWish wish = new ReplayWish(
                        rows.getObject(7, Integer.class),
                        SwitchWhen.valueOf(rows.getString(8)),
                        rows.getObject(9, Integer.class),
                        rows.getObject(10, Integer.class),
                        new ReplayPart(
                                numbers(rows, 14), momentOrNull(rows, 15), momentOrNull(rows, 16), numbers(rows, 17)));
                replays.add(new Replay(
                        rows.getObject(1, UUID.class),
                        rows.getString(2),
                        rows.getInt(3),
                        rows.getInt(4),
                        Phase.valueOf(rows.getString(5)),
                        rows.getBoolean(6),
                        wish,
                        instant(rows, 11),
                        momentOrNull(rows, 12),
                        rows.getString(13)));
            }
            return replays;
        }
    }

    private static Array numbers(Connection connection, Set<Integer> all) throws SQLException {
        return connection.createArrayOf("integer", all.toArray());
    }

    private static Set<Integer> numbers(ResultSet rows, int column) throws SQLException {
        return Set.of((Integer[]) rows.getArray(column).getArray());
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant momentOrNull(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column) == null ? null : instant(rows, column);
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}
