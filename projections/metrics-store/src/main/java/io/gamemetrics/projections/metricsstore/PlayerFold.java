package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.MetricsBatch.Registration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says of players themselves. Everything is a least or a latest, so the order of arrival is nothing to it.
 * Used by one thread; a player is written by one partition only.
 */
final class PlayerFold {

    private static final Comparator<Key> ORDER =
            Comparator.comparingInt(Key::game).thenComparingInt(Key::player);

    private static final String[] TYPES = {
        "int4", "int4", "uuid", "timestamptz", "timestamptz", "date", "timestamptz", "text", "timestamptz", "int8"
    };

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

        void merge(Player other) {
            stream = stream == null ? other.stream : stream;
            firstAny = earlier(firstAny, other.firstAny);
            firstSession = earlier(firstSession, other.firstSession);
            paid = earlier(paid, other.paid);
            acquired(other.acquisition, other.acquiredAt, other.acquiredBy);
        }

        boolean says(Player other) {
            return Objects.equals(firstAny, other.firstAny)
                    && Objects.equals(firstSession, other.firstSession)
                    && Objects.equals(paid, other.paid)
                    && Objects.equals(acquisition, other.acquisition)
                    && Objects.equals(acquiredAt, other.acquiredAt)
                    && acquiredBy == other.acquiredBy;
        }

        @Nullable
        LocalDate firstDay(GameRow game) {
            return game.firstDay(Objects.requireNonNull(firstAny), firstSession);
        }

        void row(Columns columns, Key key, GameRow game) {
            columns.add(
                    key.game,
                    key.player,
                    stream,
                    text(firstAny),
                    text(firstSession),
                    text(firstDay(game)),
                    text(paid),
                    acquisition,
                    text(acquiredAt),
                    acquiredAt == null ? null : acquiredBy);
        }
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

    /** Adds what another batch says. */
    void add(PlayerFold other) {
        other.players.forEach((key, player) ->
                players.computeIfAbsent(key, any -> new Player()).merge(player));
    }

    /**
     * Merges with what is known and moves players whose first day changed from one cohort to the other. Rows are locked
     * and made in one order by all writers.
     */
    void write(Connection connection, Map<Integer, GameRow> games, PlayerSets sets) throws SQLException {
        SortedMap<Key, Player> left = new TreeMap<>(ORDER);
        left.putAll(players);
        while (!left.isEmpty()) {
            update(connection, games, left, sets);
            insert(connection, games, left, sets);
        }
    }

    /** Those who are known, which leave the map. Whoever brings nothing new is not written. */
    private static void update(
            Connection connection, Map<Integer, GameRow> games, SortedMap<Key, Player> left, PlayerSets sets)
            throws SQLException {
        Columns keys = new Columns("int4", "int4");
        left.keySet().forEach(key -> keys.add(key.game, key.player));
        Columns changed = new Columns(TYPES);
        String sql = "SELECT p.game, p.player, p.stream, p.first_any_at, p.first_session_at, p.first_day, p.paid_at,"
                + " p.acquisition, p.acquired_at, p.acquired_by FROM " + keys.unnest()
                + " WITH ORDINALITY AS k(game, player, place) JOIN metrics.player p ON p.game = k.game"
                + " AND p.player = k.player ORDER BY k.place FOR UPDATE OF p";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            keys.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Key key = new Key(rows.getInt(1), rows.getInt(2));
                    Player player = Objects.requireNonNull(left.remove(key));
                    Player known = new Player();
                    known.stream = rows.getObject(3, UUID.class);
                    known.firstAny = instant(rows, 4);
                    known.firstSession = instant(rows, 5);
                    known.paid = instant(rows, 7);
                    known.acquired(rows.getString(8), instant(rows, 9), rows.getLong(10));
                    player.merge(known);
                    if (!player.says(known)) {
                        GameRow game = Objects.requireNonNull(games.get(key.game));
                        move(key, rows.getObject(6, LocalDate.class), player.firstDay(game), sets);
                        player.row(changed, key, game);
                    }
                }
            }
        }
        changed.execute(
                connection,
                "UPDATE metrics.player p SET first_any_at = n.first_any_at, first_session_at = n.first_session_at,"
                        + " first_day = n.first_day, paid_at = n.paid_at, acquisition = n.acquisition,"
                        + " acquired_at = n.acquired_at, acquired_by = n.acquired_by FROM " + changed.unnest()
                        + " AS n(game, player, stream, first_any_at, first_session_at, first_day, paid_at, acquisition,"
                        + " acquired_at, acquired_by) WHERE p.game = n.game AND p.player = n.player");
    }

    /** The others, which leave the map unless another writer has made them meanwhile. */
    private static void insert(
            Connection connection, Map<Integer, GameRow> games, SortedMap<Key, Player> left, PlayerSets sets)
            throws SQLException {
        if (left.isEmpty()) {
            return;
        }
        Columns added = new Columns(TYPES);
        left.forEach((key, player) -> player.row(added, key, Objects.requireNonNull(games.get(key.game))));
        String sql = "INSERT INTO metrics.player SELECT * FROM " + added.unnest()
                + " ON CONFLICT (game, player) DO NOTHING RETURNING game, player";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            added.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Key key = new Key(rows.getInt(1), rows.getInt(2));
                    Player player = Objects.requireNonNull(left.remove(key));
                    move(key, null, player.firstDay(Objects.requireNonNull(games.get(key.game))), sets);
                }
            }
        }
    }

    private static void move(Key key, @Nullable LocalDate from, @Nullable LocalDate to, PlayerSets sets) {
        if (Objects.equals(from, to)) {
            return;
        }
        if (from != null) {
            sets.exclude(key.game, PlayerSets.COHORT, from, key.player);
        }
        if (to != null) {
            sets.include(key.game, PlayerSets.COHORT, to, key.player);
        }
    }

    private static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
        Timestamp value = rows.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
