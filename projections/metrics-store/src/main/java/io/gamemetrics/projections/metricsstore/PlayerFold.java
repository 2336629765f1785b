package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.MetricsBatch.Link;
import io.gamemetrics.projections.metricsstore.MetricsBatch.Registration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says of players themselves. Everything is a least or a latest, so the order of arrival is nothing to it.
 * Used by one thread; a player is written by their own partition and by those of players linked to them.
 */
final class PlayerFold {

    private static final Comparator<Key> ORDER = (one, other) ->
            one.game == other.game ? Integer.compare(one.player, other.player) : Integer.compare(one.game, other.game);

    private static final String[] TYPES = {
        "int4", "int4", "uuid", "timestamptz", "timestamptz", "date", "timestamptz", "text", "timestamptz", "int8"
    };

    private final Map<Key, PlayerState> players = new HashMap<>();

    private record Key(int game, int player) {}

    /** @param person whom the event counts for; absent: its own player */
    void event(EventRow row, Links.@Nullable Person person) {
        PlayerState player = player(row.game, person == null ? row.player : person.player());
        player.stream = person == null ? row.stream : person.stream();
        player.firstAny = PlayerState.earlier(player.firstAny, row.occurredAt);
        if (row.kind == EventKind.SESSION_STARTED) {
            player.firstSession = PlayerState.earlier(player.firstSession, row.occurredAt);
        }
        if (row.kind == EventKind.PURCHASE && row.moneyKind() != 0) {
            player.paid = PlayerState.earlier(player.paid, row.occurredAt);
        }
    }

    void registered(Registration registration, Links links) {
        player(registration.game(), links.numberOf(registration.game(), registration.player()))
                .acquired(registration.acquisition(), registration.at(), registration.sequence());
    }

    private PlayerState player(int game, int player) {
        return players.computeIfAbsent(new Key(game, player), key -> new PlayerState());
    }

    /** Adds what another batch says. */
    void add(PlayerFold other) {
        other.players.forEach((key, player) ->
                players.computeIfAbsent(key, any -> new PlayerState()).merge(player));
    }

    /**
     * Merges with what is known and moves players whose first day changed from one cohort to the other. Rows are locked
     * and made in one order by all writers.
     */
    void write(Connection connection, Map<Integer, GameRow> games, PlayerSets sets) throws SQLException {
        Map<Key, PlayerState> left = LinkedHashMap.newLinkedHashMap(players.size());
        players.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ORDER))
                .forEach(player -> left.put(player.getKey(), player.getValue()));
        passOver(connection, left);
        while (!left.isEmpty()) {
            update(connection, games, left, sets);
            insert(connection, games, left, sets);
        }
    }

    /**
     * Most players bring nothing new most of the time, and leave the map without a lock, which would be written: what is
     * known of a player only ever becomes earlier or later in the same way, whoever writes it meanwhile.
     */
    private static void passOver(Connection connection, Map<Key, PlayerState> left) throws SQLException {
        read(connection, left.keySet(), "", (key, known, firstDay) -> {
            PlayerState both = new PlayerState();
            both.merge(known);
            both.merge(Objects.requireNonNull(left.get(key)));
            if (both.says(known)) {
                left.remove(key);
            }
        });
    }

    /** Those who are known, which leave the map. Whoever brings nothing new is not written. */
    private static void update(
            Connection connection, Map<Integer, GameRow> games, Map<Key, PlayerState> left, PlayerSets sets)
            throws SQLException {
        Columns changed = new Columns(TYPES);
        read(connection, left.keySet(), " FOR UPDATE OF p", (key, known, firstDay) -> {
            PlayerState player = Objects.requireNonNull(left.remove(key));
            player.merge(known);
            if (!player.says(known)) {
                GameRow game = Objects.requireNonNull(games.get(key.game));
                move(key, firstDay, player.firstDay(game), sets);
                player.row(changed, key.game, key.player, game);
            }
        });
        changed.execute(
                connection,
                "UPDATE player p SET first_any_at = n.first_any_at, first_session_at = n.first_session_at,"
                        + " first_day = n.first_day, paid_at = n.paid_at, acquisition = n.acquisition,"
                        + " acquired_at = n.acquired_at, acquired_by = n.acquired_by FROM " + changed.unnest()
                        + " AS n(game, player, stream, first_any_at, first_session_at, first_day, paid_at, acquisition,"
                        + " acquired_at, acquired_by) WHERE p.game = n.game AND p.player = n.player");
    }

    private interface OnKnown {
        void on(Key key, PlayerState known, @Nullable LocalDate firstDay);
    }

    /** @param lock how the rows are locked, in the order of the keys; empty: they are not */
    private static void read(Connection connection, Collection<Key> players, String lock, OnKnown onKnown)
            throws SQLException {
        Columns keys = new Columns("int4", "int4");
        players.forEach(key -> keys.add(key.game, key.player));
        if (keys.isEmpty()) {
            return;
        }
        String sql = "SELECT " + PlayerState.COLUMNS + ", p.game, p.player FROM " + keys.unnest()
                + " WITH ORDINALITY AS k(game, player, place) JOIN player p ON p.game = k.game"
                + " AND p.player = k.player ORDER BY k.place" + lock;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            keys.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Key key = new Key(rows.getInt(9), rows.getInt(10));
                    onKnown.on(key, PlayerState.read(rows), rows.getObject(4, LocalDate.class));
                }
            }
        }
    }

    /** The others, which leave the map unless another writer has made them meanwhile. */
    private static void insert(
            Connection connection, Map<Integer, GameRow> games, Map<Key, PlayerState> left, PlayerSets sets)
            throws SQLException {
        if (left.isEmpty()) {
            return;
        }
        Columns added = new Columns(TYPES);
        left.forEach(
                (key, player) -> player.row(added, key.game, key.player, Objects.requireNonNull(games.get(key.game))));
        String sql =
                "INSERT INTO player SELECT * FROM " + added.unnest() + " ON CONFLICT DO NOTHING RETURNING game, player";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            added.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Key key = new Key(rows.getInt(1), rows.getInt(2));
                    PlayerState player = Objects.requireNonNull(left.remove(key));
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
        String sql = "DELETE FROM player WHERE game = ? AND player = ? RETURNING " + PlayerState.COLUMNS;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, link.game());
            statement.setInt(2, link.player());
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                PlayerState linked = PlayerState.read(rows);
                linked.stream = link.personStream();
                player(link.game(), link.person()).merge(linked);
                move(new Key(link.game(), link.player()), rows.getObject(4, LocalDate.class), null, sets);
                return linked.firstAny;
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
}
