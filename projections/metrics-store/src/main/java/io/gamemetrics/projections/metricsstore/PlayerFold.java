package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.MetricsBatch.Link;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says of players themselves. Everything is a least or a latest, so the order of arrival is nothing to it.
 * Used by one thread; a player is written by their own partition and by those of players linked to them.
 */
final class PlayerFold {

    private static final Comparator<Key> ORDER = (one, other) ->
            one.game == other.game ? Integer.compare(one.player, other.player) : Integer.compare(one.game, other.game);

    private static final String STATE =
            "stream, first_any_at, first_session_at, first_day, paid_at, acquisition, acquired_at, acquired_by";

    private static final String ROW = "game, player, " + STATE;

    private static final String[] TYPES = {
        "int4", "int4", "uuid", "timestamptz", "timestamptz", "int4", "timestamptz", "text", "timestamptz", "int8"
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
            if (later == 0) {
                later = Long.compare(sequence, acquiredBy);
            }
            // Two streams of one person may well agree in both.
            if (later > 0 || (later == 0 && acquisition != null && from.compareTo(acquisition) > 0)) {
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
            LocalDate firstDay = firstDay(game);
            columns.add(
                    key.game,
                    key.player,
                    stream,
                    firstAny,
                    firstSession,
                    firstDay == null ? null : Columns.day(firstDay),
                    paid,
                    acquisition,
                    acquiredAt,
                    acquiredAt == null ? null : acquiredBy);
        }
    }

    /** @param person whom the event counts for; absent: its own player */
    void event(EventRow row, Links.@Nullable Person person) {
        Player player = player(row.game, person == null ? row.player : person.player());
        player.stream = person == null ? row.stream : person.stream();
        player.firstAny = earlier(player.firstAny, row.occurredAt);
        if (row.kind == EventKind.SESSION_STARTED) {
            player.firstSession = earlier(player.firstSession, row.occurredAt);
        }
        if (row.kind == EventKind.PURCHASE && row.moneyKind() != 0) {
            player.paid = earlier(player.paid, row.occurredAt);
        }
    }

    void registered(Registration registration, Links links) {
        player(registration.game(), links.numberOf(registration.game(), registration.player()))
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
        Map<Key, Player> left = LinkedHashMap.newLinkedHashMap(players.size());
        players.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ORDER))
                .forEach(player -> left.put(player.getKey(), player.getValue()));
        while (!left.isEmpty()) {
            update(connection, games, left, sets);
            insert(connection, games, left, sets);
        }
    }

    /** Those who are known, which leave the map. Whoever brings nothing new is not written. */
    private static void update(
            Connection connection, Map<Integer, GameRow> games, Map<Key, Player> left, PlayerSets sets)
            throws SQLException {
        Columns keys = new Columns("int4", "int4");
        left.keySet().forEach(key -> keys.add(key.game, key.player));
        Columns changed = new Columns(TYPES);
        String sql = "SELECT " + STATE + ", p.game, p.player FROM " + keys.unnest()
                + " WITH ORDINALITY AS k(game, player, place) JOIN player p ON p.game = k.game"
                + " AND p.player = k.player ORDER BY k.place FOR UPDATE OF p";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            keys.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Key key = new Key(rows.getInt(9), rows.getInt(10));
                    Player player = Objects.requireNonNull(left.remove(key));
                    Player known = read(rows);
                    player.merge(known);
                    if (!player.says(known)) {
                        GameRow game = Objects.requireNonNull(games.get(key.game));
                        move(key, rows.getObject(4, LocalDate.class), player.firstDay(game), sets);
                        player.row(changed, key, game);
                    }
                }
            }
        }
        changed.execute(
                connection,
                "UPDATE player p SET first_any_at = n.first_any_at, first_session_at = n.first_session_at,"
                        + " first_day = " + Columns.DAY.replace("day", "n.first_day")
                        + ", paid_at = n.paid_at, acquisition = n.acquisition,"
                        + " acquired_at = n.acquired_at, acquired_by = n.acquired_by FROM " + changed.unnest()
                        + " AS n(" + ROW + ") WHERE p.game = n.game AND p.player = n.player");
    }

    /** The others, which leave the map unless another writer has made them meanwhile. */
    private static void insert(
            Connection connection, Map<Integer, GameRow> games, Map<Key, Player> left, PlayerSets sets)
            throws SQLException {
        if (left.isEmpty()) {
            return;
        }
        Columns added = new Columns(TYPES);
        left.forEach((key, player) -> player.row(added, key, Objects.requireNonNull(games.get(key.game))));
        String sql = "INSERT INTO player (" + ROW + ") SELECT "
                + ROW.replace("first_day", Columns.DAY.replace("day", "first_day")) + " FROM " + added.unnest()
                + " AS n(" + ROW + ") ON CONFLICT DO NOTHING RETURNING game, player";
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

    /**
     * Takes the linked player away and adds what is known of them to the person.
     *
     * @return when the linked player's first event occurred; absent when nothing is known of them
     */
    @Nullable
    Instant take(Connection connection, GameRow game, Link link, PlayerSets sets) throws SQLException {
        String sql = "DELETE FROM player WHERE game = ? AND player = ? RETURNING " + STATE;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, link.game());
            statement.setInt(2, link.player());
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                Player linked = read(rows);
                linked.stream = link.personStream();
                player(link.game(), link.person()).merge(linked);
                move(new Key(link.game(), link.player()), rows.getObject(4, LocalDate.class), null, sets);
                return linked.firstAny;
            }
        }
    }

    /** From the columns of {@link #STATE}, of which the first day is left out. */
    private static Player read(ResultSet row) throws SQLException {
        Player player = new Player();
        player.stream = row.getObject(1, UUID.class);
        player.firstAny = instant(row, 2);
        player.firstSession = instant(row, 3);
        player.paid = instant(row, 5);
        player.acquired(row.getString(6), instant(row, 7), row.getLong(8));
        return player;
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
}
