package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.infrastructure.replays.QuarantineOrder.Kind;
import io.gamemetrics.infrastructure.replays.QuarantineOrder.State;
import io.gamemetrics.infrastructure.replays.QuarantineOrder.Target;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders for streams that wait, as rows. Every method runs in the caller's transaction. */
final class OrderRows {

    private static final String ORDER = "id, projection, kind, stream, cause, actor, reason, ordered_at";

    private OrderRows() {}

    /** Makes orders wait for each other: two for the same stream are then one and a refused one. */
    static void lock(Connection connection) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute("LOCK TABLE replays.quarantine_order IN SHARE ROW EXCLUSIVE MODE");
        }
    }

    static void insert(
            Connection connection,
            UUID id,
            String projection,
            Kind kind,
            @Nullable UUID stream,
            @Nullable String cause,
            String actor,
            @Nullable String reason)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO replays.quarantine_order"
                + " (id, projection, kind, stream, cause, actor, reason) VALUES (?,?,?,?,?,?,?)")) {
            insert.setObject(1, id);
            insert.setString(2, projection);
            insert.setString(3, kind.name());
            insert.setObject(4, stream);
            insert.setString(5, cause);
            insert.setString(6, actor);
            insert.setString(7, reason);
            insert.executeUpdate();
        }
    }

    /** @return for how many it is: those with an open order are left out */
    static int insertTargets(Connection connection, UUID id, List<WaitingStream> waiting) throws SQLException {
        String sql =
                "INSERT INTO replays.quarantine_target (ordered, projection, version, partition, stream, incarnation,"
                        + " position, cause) VALUES (?,?,?,?,?,?,?,?)"
                        + " ON CONFLICT (projection, version, partition, stream) WHERE state = 'OPEN' DO NOTHING";
        int inserted = 0;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (WaitingStream stream : waiting) {
                insert.setObject(1, id);
                insert.setString(2, stream.projection());
                insert.setInt(3, stream.version());
                insert.setInt(4, stream.partition());
                insert.setObject(5, stream.stream());
                insert.setLong(6, stream.position().incarnation());
                insert.setLong(7, stream.position().number());
                insert.setString(8, stream.cause());
                insert.addBatch();
            }
            for (int rows : insert.executeBatch()) {
                inserted += Math.max(rows, 0);
            }
        }
        return inserted;
    }

    static Optional<QuarantineOrder> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + ORDER + " FROM replays.quarantine_order WHERE id = ?")) {
            select.setObject(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(order(rows, targets(connection, id))) : Optional.empty();
            }
        }
    }

    static List<QuarantineOrder> latest(Connection connection, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + ORDER + " FROM replays.quarantine_order ORDER BY ordered_at DESC LIMIT ?")) {
            select.setInt(1, most);
            try (ResultSet rows = select.executeQuery()) {
                List<QuarantineOrder> orders = new ArrayList<>();
                while (rows.next()) {
                    orders.add(order(rows, List.of()));
                }
                return orders;
            }
        }
    }

    private static QuarantineOrder order(ResultSet rows, List<Target> targets) throws SQLException {
        return new QuarantineOrder(
                rows.getObject(1, UUID.class),
                rows.getString(2),
                Kind.valueOf(rows.getString(3)),
                rows.getObject(4, UUID.class),
                rows.getString(5),
                rows.getString(6),
                rows.getString(7),
                rows.getObject(8, OffsetDateTime.class).toInstant(),
                targets);
    }

    private static List<Target> targets(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, version, partition, stream, incarnation,"
                        + " position, cause, state, applied, skipped, stopped_incarnation, stopped_position, stopped_cause, done_at"
                        + " FROM replays.quarantine_target WHERE ordered = ? ORDER BY id")) {
            select.setObject(1, id);
            try (ResultSet rows = select.executeQuery()) {
                List<Target> targets = new ArrayList<>();
                while (rows.next()) {
                    targets.add(target(rows));
                }
                return targets;
            }
        }
    }

    private static Target target(ResultSet rows) throws SQLException {
        return new Target(
                rows.getLong(1),
                rows.getInt(2),
                rows.getInt(3),
                rows.getObject(4, UUID.class),
                new Position(rows.getLong(5), rows.getLong(6)),
                rows.getString(7),
                State.valueOf(rows.getString(8)),
                rows.getLong(9),
                rows.getInt(10),
                rows.getObject(11) == null ? null : new Position(rows.getLong(11), rows.getLong(12)),
                rows.getString(13),
                instant(rows.getObject(14, OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
