package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.MetricsBatch.Registration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says of players themselves. Everything is a least or a latest, so the order of arrival is nothing to it.
 * Used by one thread; a player is written by one partition only.
 */
final class PlayerFold {

    private final Map<Integer, GameRow> games;
    private final Map<Key, Player> players = new HashMap<>();

    private record Key(int game, int player) {}

    private static final class Player {
        @Nullable
        UUID stream;

        @Nullable
        Instant firstAny;

        @Nullable
        Instant firstSession;

        @Nullable
        Instant paid;

        @Nullable
        String acquisition;

        @Nullable
        Instant acquiredAt;

        long acquiredBy;

        void acquired(@Nullable String from, @Nullable Instant at, long sequence) {
            if (from == null || at == null) {
                return;
            }
            int later = acquiredAt == null ? 1 : at.compareTo(acquiredAt);
            if (later > 0 || (later == 0 && sequence > acquiredBy)) {
                acquisition = from;
                acquiredAt = at;
                acquiredBy = sequence;
            }
        }
    }

    PlayerFold(Map<Integer, GameRow> games) {
        this.games = games;
    }

    void event(EventRow row) {
        Player player = player(row.game, row.player);
        player.stream = row.stream;
        player.firstAny = earlier(player.firstAny, row.occurredAt);
        if (row.kind == EventKind.SESSION_STARTED) {
            player.firstSession = earlier(player.firstSession, row.occurredAt);
        }
        if (row.kind == EventKind.PURCHASE && row.moneyKind() != 0) {
            player.paid = earlier(player.paid, row.occurredAt);
        }
    }

    void registered(Registration registration) {
        player(registration.game(), registration.player())
                .acquired(registration.acquisition(), registration.at(), registration.sequence());
    }

    private Player player(int game, int player) {
        return players.computeIfAbsent(new Key(game, player), key -> new Player());
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /** Merges with what is known and moves players whose first day changed from one cohort to the other. */
    void write(Connection connection, PlayerSets sets) throws SQLException {
        Map<Key, @Nullable LocalDate> before = merge(connection);
        Columns columns = new Columns(
                "int4",
                "int4",
                "uuid",
                "timestamptz",
                "timestamptz",
                "date",
                "timestamptz",
                "text",
                "timestamptz",
                "int8");
        players.forEach((key, player) -> {
            GameRow game = Objects.requireNonNull(games.get(key.game));
            Instant firstAny = Objects.requireNonNull(player.firstAny);
            LocalDate first = game.firstDay(firstAny, player.firstSession);
            LocalDate old = before.get(key);
            if (!Objects.equals(first, old)) {
                if (old != null) {
                    sets.exclude(key.game, PlayerSets.COHORT, old, key.player);
                }
                if (first != null) {
                    sets.include(key.game, PlayerSets.COHORT, first, key.player);
                }
            }
            columns.add(
                    key.game,
                    key.player,
                    player.stream,
                    firstAny.toString(),
                    text(player.firstSession),
                    text(first),
                    text(player.paid),
                    player.acquisition,
                    text(player.acquiredAt),
                    player.acquiredAt == null ? null : player.acquiredBy);
        });
        columns.execute(
                connection,
                "INSERT INTO metrics.player SELECT * FROM " + columns.unnest() + " ON CONFLICT (game, player) DO UPDATE"
                        + " SET first_any_at = excluded.first_any_at, first_session_at = excluded.first_session_at,"
                        + " first_day = excluded.first_day, paid_at = excluded.paid_at,"
                        + " acquisition = excluded.acquisition, acquired_at = excluded.acquired_at,"
                        + " acquired_by = excluded.acquired_by");
    }

    private Map<Key, @Nullable LocalDate> merge(Connection connection) throws SQLException {
        Map<Key, @Nullable LocalDate> before = new HashMap<>();
        if (players.isEmpty()) {
            return before;
        }
        Columns keys = new Columns("int4", "int4");
        players.keySet().forEach(key -> keys.add(key.game, key.player));
        String sql = "SELECT p.game, p.player, p.stream, p.first_any_at, p.first_session_at, p.first_day, p.paid_at,"
                + " p.acquisition, p.acquired_at, p.acquired_by FROM " + keys.unnest() + " AS k(game, player)"
                + " JOIN metrics.player p ON p.game = k.game AND p.player = k.player";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            keys.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Key key = new Key(rows.getInt(1), rows.getInt(2));
                    Player player = player(key.game, key.player);
                    player.stream = rows.getObject(3, UUID.class);
                    player.firstAny = earlier(player.firstAny, instant(rows, 4));
                    player.firstSession = earlier(player.firstSession, instant(rows, 5));
                    player.paid = earlier(player.paid, instant(rows, 7));
                    player.acquired(rows.getString(8), instant(rows, 9), rows.getLong(10));
                    before.put(key, rows.getObject(6, LocalDate.class));
                }
            }
        }
        return before;
    }

    private static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
        Timestamp value = rows.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
