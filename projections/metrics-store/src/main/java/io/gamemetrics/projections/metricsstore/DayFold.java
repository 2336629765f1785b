package io.gamemetrics.projections.metricsstore;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a batch adds to players' days and to segments' days. Used by one thread. */
final class DayFold {

    /** Written out: hundreds of thousands are sorted a second. */
    private static final Comparator<PlayerDay> ORDER = (one, other) -> {
        int by = Integer.compare(one.game, other.game);
        by = by == 0 ? one.day.compareTo(other.day) : by;
        by = by == 0 ? Integer.compare(one.player, other.player) : by;
        return by == 0 ? Integer.compare(one.segment, other.segment) : by;
    };

    final Map<PlayerDay, Counts> days = new HashMap<>();
    final Map<PlayerDay, Counts> moved = new HashMap<>();
    private final Map<MoneyOfDay, Total> money = new HashMap<>();
    private final Map<MoneyOfDay, Total> movedMoney = new HashMap<>();
    private final Map<PlayerDay, Counts> shared = new HashMap<>();
    private final Map<MoneyOfDay, Total> sharedMoney = new HashMap<>();

    /** A player's day in one segment; of a segment's day the player is -1. */
    record PlayerDay(int game, LocalDate day, int player, int segment) {
        PlayerDay ofAllPlayers() {
            return new PlayerDay(game, day, -1, segment);
        }
    }

    private record MoneyOfDay(PlayerDay day, short kind, String currency) implements Comparable<MoneyOfDay> {
        @Override
        public int compareTo(MoneyOfDay other) {
            int byDay = ORDER.compare(day, other.day);
            int byKind = byDay == 0 ? Short.compare(kind, other.kind) : byDay;
            return byKind == 0 ? currency.compareTo(other.currency) : byKind;
        }
    }

    static final class Counts {
        long events;
        long sessions;
        long lengths;
        final Total lengthMillis = new Total();
        long purchases;
        long paid;

        /** From columns in this order, the first of them at this place. */
        static Counts read(ResultSet row, int place) throws SQLException {
            Counts counts = new Counts();
            counts.events = row.getLong(place);
            counts.sessions = row.getLong(place + 1);
            counts.lengths = row.getLong(place + 2);
            counts.lengthMillis.add(row.getBigDecimal(place + 3).toBigIntegerExact());
            counts.purchases = row.getLong(place + 4);
            counts.paid = row.getLong(place + 5);
            return counts;
        }

        void add(Counts other) {
            events += other.events;
            sessions += other.sessions;
            lengths += other.lengths;
            lengthMillis.add(other.lengthMillis);
            purchases += other.purchases;
            paid += other.paid;
        }

        void subtract(Counts other) {
            events -= other.events;
            sessions -= other.sessions;
            lengths -= other.lengths;
            lengthMillis.subtract(new BigInteger(other.lengthMillis.value().toString()));
            purchases -= other.purchases;
            paid -= other.paid;
        }
    }

    void event(PlayerDay day, EventRow row) {
        Counts counts = counts(day);
        counts.events++;
        if (row.kind == EventKind.SESSION_STARTED) {
            counts.sessions++;
            if (row.lengthMillis != null) {
                counts.lengths++;
                counts.lengthMillis.add(row.lengthMillis);
            }
        }
        if (row.kind == EventKind.PURCHASE) {
            counts.purchases++;
            counts.paid += row.moneyKind() == 0 ? 0 : 1;
        }
        money(day, row.moneyKind(), row.currency, row.micros);
    }

    void length(PlayerDay day, long millis) {
        Counts counts = counts(day);
        counts.lengths++;
        counts.lengthMillis.add(millis);
    }

    /** Adds an amount; of kind 0, or of nothing, it adds none. */
    void money(PlayerDay day, short kind, @Nullable String currency, @Nullable Long micros) {
        if (kind != 0 && currency != null && micros != null && micros != 0) {
            money.computeIfAbsent(new MoneyOfDay(day, kind, currency), key -> new Total())
                    .add(micros);
        }
    }

    /** A day that was another player's: all players' sums have it already. */
    void moved(PlayerDay day, Counts counts) {
        moved.computeIfAbsent(day, key -> new Counts()).add(counts);
    }

    void moved(PlayerDay day, short kind, String currency, Total micros) {
        movedMoney
                .computeIfAbsent(new MoneyOfDay(day, kind, currency), key -> new Total())
                .add(micros);
    }

    /** A day that is nobody's any more: out of all players' sums. */
    void taken(PlayerDay day, Counts counts) {
        shared.computeIfAbsent(day.ofAllPlayers(), key -> new Counts()).subtract(counts);
    }

    void taken(PlayerDay day, short kind, String currency, BigInteger micros) {
        sharedMoney
                .computeIfAbsent(new MoneyOfDay(day.ofAllPlayers(), kind, currency), key -> new Total())
                .subtract(micros);
    }

    /** A day that is nobody's, in all players' sums. */
    void given(PlayerDay day, Counts counts) {
        shared.computeIfAbsent(day.ofAllPlayers(), key -> new Counts()).add(counts);
    }

    void given(PlayerDay day, short kind, String currency, BigInteger micros) {
        sharedMoney
                .computeIfAbsent(new MoneyOfDay(day.ofAllPlayers(), kind, currency), key -> new Total())
                .add(micros);
    }

    /** Adds what another batch adds. */
    void add(DayFold other) {
        other.days.forEach((day, counts) -> counts(day).add(counts));
        other.money.forEach(
                (key, total) -> money.computeIfAbsent(key, any -> new Total()).add(total));
    }

    private Counts counts(PlayerDay day) {
        return days.computeIfAbsent(day, key -> new Counts());
    }

    /** Players' rows first: few others write those. Then the shared ones; both in one order for all writers. */
    void write(Connection connection) throws SQLException {
        DayFold players = withMoved();
        writeDays(connection, "player_day", "game, day, player, segment", players.days);
        writeMoney(connection, "player_money", "game, day, player, segment, kind, currency", players.money);
        Map<PlayerDay, Counts> segments = new HashMap<>();
        days.forEach((day, counts) -> segments.computeIfAbsent(day.ofAllPlayers(), key -> new Counts())
                .add(counts));
        shared.forEach((day, counts) ->
                segments.computeIfAbsent(day, key -> new Counts()).add(counts));
        Map<MoneyOfDay, Total> sums = new HashMap<>();
        sharedMoney.forEach(
                (key, micros) -> sums.computeIfAbsent(key, any -> new Total()).add(micros));
        money.forEach((key, micros) -> sums.computeIfAbsent(
                        new MoneyOfDay(key.day.ofAllPlayers(), key.kind, key.currency), any -> new Total())
                .add(micros));
        writeDays(connection, "segment_day", "game, day, segment", segments);
        writeMoney(connection, "segment_money", "game, day, segment, kind, currency", sums);
        deleteEmpty(connection);
    }

    /** What only one who was taken away had added to is as if it had never been. */
    private void deleteEmpty(Connection connection) throws SQLException {
        Columns days = new Columns("int4", "int4", "int4");
        shared.keySet().forEach(day -> days.add(day.game, Columns.day(day.day), day.segment));
        days.execute(
                connection,
                "DELETE FROM segment_day t USING " + days.unnest() + " AS n(game, day, segment) WHERE t.game = n.game"
                        + " AND t.day = " + Columns.DAY.replace("day", "n.day")
                        + " AND t.segment = n.segment AND t.events = 0");
        Columns sums = new Columns("int4", "int4", "int4", "int2", "text");
        sharedMoney
                .keySet()
                .forEach(key ->
                        sums.add(key.day.game, Columns.day(key.day.day), key.day.segment, key.kind, key.currency));
        sums.execute(
                connection,
                "DELETE FROM segment_money t USING " + sums.unnest() + " AS n(game, day, segment, kind, currency)"
                        + " WHERE t.game = n.game AND t.day = " + Columns.DAY.replace("day", "n.day")
                        + " AND t.segment = n.segment AND t.kind = n.kind AND t.currency = n.currency AND t.micros = 0");
    }

    private DayFold withMoved() {
        if (moved.isEmpty() && movedMoney.isEmpty()) {
            return this;
        }
        DayFold players = new DayFold();
        players.add(this);
        moved.forEach((day, counts) -> players.counts(day).add(counts));
        movedMoney.forEach((key, total) ->
                players.money.computeIfAbsent(key, any -> new Total()).add(total));
        return players;
    }

    private static <K, V> List<Map.Entry<K, V>> sorted(Map<K, V> rows, Comparator<? super K> order) {
        List<Map.Entry<K, V>> sorted = new ArrayList<>(rows.entrySet());
        sorted.sort(Map.Entry.comparingByKey(order));
        return sorted;
    }

    private static void writeDays(Connection connection, String table, String key, Map<PlayerDay, Counts> rows)
            throws SQLException {
        Columns columns =
                new Columns("int4", "int4", "int4", "int4", "int8", "int8", "int8", "numeric", "int8", "int8");
        for (Map.Entry<PlayerDay, Counts> row : sorted(rows, ORDER)) {
            PlayerDay day = row.getKey();
            Counts c = row.getValue();
            columns.add(
                    day.game,
                    Columns.day(day.day),
                    day.player,
                    day.segment,
                    c.events,
                    c.sessions,
                    c.lengths,
                    c.lengthMillis.value(),
                    c.purchases,
                    c.paid);
        }
        columns.execute(
                connection,
                "INSERT INTO " + table + " AS t (" + key
                        + ", events, sessions, lengths, length_millis, purchases, paid) SELECT "
                        + key.replace("day", Columns.DAY)
                        + ", events, sessions, lengths, length_millis, purchases, paid FROM " + columns.unnest()
                        + " AS n(game, day, player, segment, events, sessions, lengths, length_millis, purchases, paid)"
                        + " ON CONFLICT (" + key + ") DO UPDATE SET events = t.events + excluded.events,"
                        + " sessions = t.sessions + excluded.sessions, lengths = t.lengths + excluded.lengths,"
                        + " length_millis = t.length_millis + excluded.length_millis,"
                        + " purchases = t.purchases + excluded.purchases, paid = t.paid + excluded.paid");
    }

    private static void writeMoney(Connection connection, String table, String key, Map<MoneyOfDay, Total> rows)
            throws SQLException {
        Columns columns = new Columns("int4", "int4", "int4", "int4", "int2", "text", "numeric");
        for (Map.Entry<MoneyOfDay, Total> row : sorted(rows, Comparator.naturalOrder())) {
            MoneyOfDay money = row.getKey();
            columns.add(
                    money.day.game,
                    Columns.day(money.day.day),
                    money.day.player,
                    money.day.segment,
                    money.kind,
                    money.currency,
                    row.getValue().value());
        }
        columns.execute(
                connection,
                "INSERT INTO " + table + " AS t (" + key + ", micros) SELECT " + key.replace("day", Columns.DAY)
                        + ", micros FROM "
                        + columns.unnest() + " AS n(game, day, player, segment, kind, currency, micros)"
                        + " ON CONFLICT (" + key + ") DO UPDATE SET micros = t.micros + excluded.micros");
    }
}
