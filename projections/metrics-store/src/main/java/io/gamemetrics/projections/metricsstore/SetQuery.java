package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.Retention.Cohort;
import io.gamemetrics.projections.metricsstore.Retention.Point;
import io.gamemetrics.sharedkernel.money.ExchangeRates;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/** Answers that need no filter, from the sets of players a day and the segments' days. */
final class SetQuery {

    private final Connection connection;
    private final GameRow game;

    SetQuery(Connection connection, GameRow game) {
        this.connection = connection;
        this.game = game;
    }

    /** Figures of every day that has any, by day; a day's figures are not distinct over days. */
    Map<LocalDate, Figures> days(LocalDate from, LocalDate to) throws SQLException {
        Map<LocalDate, Figures> days = new TreeMap<>();
        range(
                        "SELECT day, sum(events), sum(sessions), sum(lengths), sum(length_millis), sum(purchases)"
                                + " FROM segment_day",
                        from,
                        to,
                        "")
                .add(" GROUP BY 1")
                .forEach(connection, row -> {
                    Figures figures = at(days, row.getObject(1, LocalDate.class));
                    figures.events = row.getLong(2);
                    figures.sessions = row.getLong(3);
                    figures.lengths = row.getLong(4);
                    figures.lengthMillis = row.getBigDecimal(5);
                    figures.purchases = row.getLong(6);
                });
        range("SELECT day, sort, sum(size) FROM player_set", from, to, "")
                .add(" GROUP BY 1, 2")
                .forEach(connection, row -> {
                    Figures figures = at(days, row.getObject(1, LocalDate.class));
                    switch (row.getString(2).charAt(0)) {
                        case PlayerSets.ACTIVE -> figures.active = row.getLong(3);
                        case PlayerSets.PAID -> figures.payers = row.getLong(3);
                        case PlayerSets.COHORT -> figures.fresh = row.getLong(3);
                        default -> throw new IllegalStateException("unknown sort of player set");
                    }
                });
        erased().days(from, to, (day, active, fresh, payers) -> {
            Figures figures = at(days, day);
            figures.active += active;
            figures.fresh += fresh;
            figures.payers += payers;
        });
        ExchangeRates rates = Rates.read(connection, game);
        money(from, to, (day, kind, currency, micros) -> at(days, day).money(rates, day, kind, currency, micros));
        return days;
    }

    /** The range as one: distinct players, and the rest summed. */
    Figures total(LocalDate from, LocalDate to) throws SQLException {
        Figures total = new Figures();
        days(from, to).values().forEach(day -> {
            total.fresh += day.fresh;
            total.events += day.events;
            total.sessions += day.sessions;
            total.lengths += day.lengths;
            total.lengthMillis = total.lengthMillis.add(day.lengthMillis);
            total.purchases += day.purchases;
        });
        total.active = distinct(PlayerSets.ACTIVE, from, to);
        total.payers = distinct(PlayerSets.PAID, from, to);
        ExchangeRates rates = Rates.read(connection, game);
        money(from, to, (day, kind, currency, micros) -> total.money(rates, day, kind, currency, micros));
        return total;
    }

    private interface OnMoney {
        void on(LocalDate day, int kind, String currency, java.math.BigInteger micros);
    }

    private void money(LocalDate from, LocalDate to, OnMoney onMoney) throws SQLException {
        range("SELECT day, kind, currency, sum(micros) FROM segment_money", from, to, "")
                .add(" GROUP BY 1, 2, 3")
                .forEach(
                        connection,
                        row -> onMoney.on(
                                row.getObject(1, LocalDate.class),
                                row.getInt(2),
                                row.getString(3),
                                row.getBigDecimal(4).toBigIntegerExact()));
    }

    private static Figures at(Map<LocalDate, Figures> days, LocalDate day) {
        return days.computeIfAbsent(day, key -> new Figures());
    }

    private Sql range(String select, LocalDate from, LocalDate to, String condition) {
        return new Sql()
                .add(select + " WHERE game = ?", game.number())
                .add(" AND day BETWEEN ?", from)
                .add(" AND ?" + condition, to);
    }

    /** How many players are in any of the days' sets. */
    long distinct(char sort, LocalDate from, LocalDate to) throws SQLException {
        Map<Integer, MutableRoaringBitmap> unions = new HashMap<>();
        range("SELECT container, players FROM player_set", from, to, " AND sort = '" + sort + "'")
                .forEachSet(connection, row -> unions.computeIfAbsent(row.getInt(1), key -> new MutableRoaringBitmap())
                        .or(set(row.getBytes(2))));
        return unions.values().stream()
                .mapToLong(MutableRoaringBitmap::getLongCardinality)
                .sum();
    }

    /** Reads each of the 30 days once: the last seven of them are one union, the others another. */
    ActivePlayers activePlayers(LocalDate day) throws SQLException {
        LocalDate week = day.minusDays(6);
        long[] dau = {0};
        Map<Integer, MutableRoaringBitmap> recent = new HashMap<>();
        Map<Integer, MutableRoaringBitmap> earlier = new HashMap<>();
        range("SELECT day, container, size, players FROM player_set", day.minusDays(29), day, " AND sort = 'a'")
                .forEachSet(connection, row -> {
                    LocalDate at = row.getObject(1, LocalDate.class);
                    dau[0] += at.equals(day) ? row.getInt(3) : 0;
                    (at.isBefore(week) ? earlier : recent)
                            .computeIfAbsent(row.getInt(2), key -> new MutableRoaringBitmap())
                            .or(set(row.getBytes(4)));
                });
        erased().days(day, day, (at, active, fresh, payers) -> dau[0] += active);
        long wau = 0;
        for (MutableRoaringBitmap players : recent.values()) {
            wau += players.getLongCardinality();
        }
        long mau = wau;
        MutableRoaringBitmap nobody = new MutableRoaringBitmap();
        for (Map.Entry<Integer, MutableRoaringBitmap> before : earlier.entrySet()) {
            mau += ImmutableRoaringBitmap.andNotCardinality(
                    before.getValue(), recent.getOrDefault(before.getKey(), nobody));
        }
        return new ActivePlayers(day, dau[0], wau, mau, Figures.ratio(dau[0], mau));
    }

    /** The last day on which any player was active; null when there never was one. */
    @Nullable
    LocalDate lastActiveDay() throws SQLException {
        LocalDate[] last = {null};
        new Sql()
                .add("SELECT day FROM player_set WHERE game = ?", game.number())
                .add(" AND sort = 'a' AND size > 0 ORDER BY day DESC LIMIT 1")
                .forEach(connection, row -> last[0] = row.getObject(1, LocalDate.class));
        LocalDate erased = erased().lastActiveDay();
        return last[0] == null || (erased != null && erased.isAfter(last[0])) ? erased : last[0];
    }

    private ErasedQuery erased() {
        return new ErasedQuery(connection, game);
    }

    /** Returned players by cohort and n; of n = -1 the cohort's size. */
    Map<LocalDate, Map<Integer, Long>> retention(
            LocalDate from, LocalDate to, List<Integer> days, @Nullable LocalDate through) throws SQLException {
        Map<LocalDate, Map<Integer, Long>> returned = new TreeMap<>();
        Map<LocalDate, Map<Integer, ImmutableRoaringBitmap>> cohorts = new HashMap<>();
        range("SELECT day, container, players, size FROM player_set", from, to, " AND sort = 'c' AND size > 0")
                .forEachSet(connection, row -> {
                    LocalDate day = row.getObject(1, LocalDate.class);
                    cohorts.computeIfAbsent(day, key -> new HashMap<>()).put(row.getInt(2), set(row.getBytes(3)));
                    count(returned, day, -1, row.getInt(4));
                });
        erased().retention(from, to, days, through, (day, n, players) -> count(returned, day, n, players));
        TreeSet<Integer> asked = new TreeSet<>(days);
        TreeSet<LocalDate> needed = new TreeSet<>();
        cohorts.keySet().forEach(day -> days.forEach(n -> needed.add(day.plusDays(n))));
        if (through == null || needed.isEmpty()) {
            return returned;
        }
        new Sql()
                .add("SELECT day, container, players FROM player_set WHERE game = ?", game.number())
                .days(" AND sort = 'a' AND size > 0 AND day = ANY(?)", needed.headSet(through, true))
                .forEachSet(connection, row -> {
                    LocalDate day = row.getObject(1, LocalDate.class);
                    ImmutableRoaringBitmap active = set(row.getBytes(3));
                    for (int n : asked) {
                        ImmutableRoaringBitmap cohort =
                                cohorts.getOrDefault(day.minusDays(n), Map.of()).get(row.getInt(2));
                        if (cohort != null) {
                            count(returned, day.minusDays(n), n, ImmutableRoaringBitmap.andCardinality(cohort, active));
                        }
                    }
                });
        return returned;
    }

    /** The same under a filter, from players' days. */
    Map<LocalDate, Map<Integer, Long>> retention(
            LocalDate from, LocalDate to, List<Integer> days, @Nullable LocalDate through, Filter where)
            throws SQLException {
        Map<LocalDate, Map<Integer, Long>> returned = new TreeMap<>();
        int longest = days.stream().mapToInt(n -> n).max().orElse(0);
        Splits splits = new Splits(where, List.of(), Overflow.none());
        Sql active = new Sql()
                .add("WITH active AS MATERIALIZED (SELECT DISTINCT f.player, f.day, p.first_day FROM player_day f"
                        + splits.joins() + " JOIN player p ON p.game = f.game AND p.player = f.player")
                .add(" WHERE f.game = ?", game.number())
                .add(" AND f.day BETWEEN ?", from)
                .add(" AND ?", to.plusDays(longest))
                .add(" AND p.first_day BETWEEN ?", from)
                .add(" AND ?", to)
                .add(game.anyEvent() ? " AND f.events > 0" : " AND f.sessions > 0")
                .add(splits.conditions())
                .add(")");
        active.add(" SELECT first_day, -1, count(*) FROM active WHERE day = first_day GROUP BY 1")
                .add(" UNION ALL SELECT c.first_day, r.day - c.first_day, count(*) FROM active c"
                        + " JOIN active r ON r.player = c.player WHERE c.day = c.first_day")
                .add(" AND r.day <= ?", through == null ? LocalDate.EPOCH : through)
                .numbers(" AND r.day - c.first_day = ANY(?) GROUP BY 1, 2", days)
                .forEach(
                        connection,
                        row -> count(returned, row.getObject(1, LocalDate.class), row.getInt(2), row.getLong(3)));
        return returned;
    }

    private static void count(Map<LocalDate, Map<Integer, Long>> counts, LocalDate day, int n, long players) {
        counts.computeIfAbsent(day, key -> new HashMap<>()).merge(n, players, Long::sum);
    }

    static Retention assemble(
            Map<LocalDate, Map<Integer, Long>> counts,
            LocalDate from,
            LocalDate to,
            List<Integer> days,
            @Nullable LocalDate through) {
        long[] observed = new long[days.size()];
        long[] returned = new long[days.size()];
        List<Cohort> cohorts = from.datesUntil(to.plusDays(1))
                .map(day -> {
                    Map<Integer, Long> count = counts.getOrDefault(day, Map.of());
                    long size = count.getOrDefault(-1, 0L);
                    List<Point> points = new java.util.ArrayList<>();
                    for (int place = 0; place < days.size(); place++) {
                        int n = days.get(place);
                        boolean seen = through != null && !day.plusDays(n).isAfter(through);
                        points.add(point(n, seen ? size : 0, seen ? count.getOrDefault(n, 0L) : 0));
                        observed[place] += points.getLast().observed();
                        returned[place] += points.getLast().returned();
                    }
                    return new Cohort(day, size, points);
                })
                .toList();
        List<Point> summary = new java.util.ArrayList<>();
        for (int place = 0; place < days.size(); place++) {
            summary.add(point(days.get(place), observed[place], returned[place]));
        }
        return new Retention(through, cohorts, summary);
    }

    private static Point point(int day, long observed, long returned) {
        return new Point(day, observed, returned, Figures.ratio(returned, observed));
    }

    private static ImmutableRoaringBitmap set(byte[] bytes) {
        return new ImmutableRoaringBitmap(ByteBuffer.wrap(bytes));
    }
}
