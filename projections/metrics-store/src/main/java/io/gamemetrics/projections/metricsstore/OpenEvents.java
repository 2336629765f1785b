package io.gamemetrics.projections.metricsstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Events that occurred before the {@link EventHorizon} and may yet be completed: the little that is needed for it, as the
 * events themselves are gone. Used by one thread.
 */
final class OpenEvents {

    private final Columns columns = new Columns("int4", "int4", "int8", "int4");

    /** Whether something about it may become known later. */
    static boolean isOpen(EventRow row) {
        return switch (row.kind) {
            case SESSION_STARTED -> row.lengthMillis == null;
            case PURCHASE_REFUNDED -> row.micros == null;
            case PLAYER_REGISTERED,
                    SESSION_ENDED,
                    PROGRESSION,
                    SCORE_SUBMITTED,
                    PURCHASE,
                    RESOURCE_FLOW,
                    AD_VIEWED,
                    ITEM_INTERACTED,
                    ACHIEVEMENT_UNLOCKED,
                    PLAYER_LINKED,
                    ERROR_REPORTED,
                    CUSTOM -> false;
        };
    }

    void add(EventRow row, int segment) {
        columns.add(row.game, row.player, row.sequence, segment);
    }

    void write(Connection connection) throws SQLException {
        columns.execute(
                connection, "INSERT INTO event_open SELECT * FROM " + columns.unnest() + " ON CONFLICT DO NOTHING");
    }

    /** Keeps what is needed of all events that occurred before and are still there. Again changes nothing. */
    static void keep(Connection connection, Instant before) throws SQLException {
        String sql = "INSERT INTO event_open SELECT game, coalesce(source, player), sequence, segment"
                + " FROM event WHERE occurred_at < '" + before + "' AND (kind = "
                + EventKind.SESSION_STARTED.code() + " AND length_millis IS NULL OR kind = "
                + EventKind.PURCHASE_REFUNDED.code() + " AND micros IS NULL) ON CONFLICT DO NOTHING";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }

    /** What is done with each that was there. */
    interface OnTaken {
        void on(int game, int player, long sequence, int segment);
    }

    /** Takes those away that are completed now. */
    static void take(Connection connection, Columns keys, OnTaken onTaken) throws SQLException {
        String sql = "DELETE FROM event_open o USING " + keys.unnest() + " AS k(game, player, sequence)"
                + " WHERE o.game = k.game AND o.player = k.player AND o.sequence = k.sequence"
                + " RETURNING o.game, o.player, o.sequence, o.segment";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            keys.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    onTaken.on(rows.getInt(1), rows.getInt(2), rows.getLong(3), rows.getInt(4));
                }
            }
        }
    }
}
