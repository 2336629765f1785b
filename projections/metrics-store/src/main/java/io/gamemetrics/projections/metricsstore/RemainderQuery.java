package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import io.gamemetrics.sharedkernel.money.RevenueKind;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What would stay of a person in sums of all players, from the rows of their days. All it asks must be of one moment. */
final class RemainderQuery {

    private final Connection connection;
    private final GameRow game;

    RemainderQuery(Connection connection, GameRow game) {
        this.connection = connection;
        this.game = game;
    }

    private record Key(LocalDate day, Remainder.Segment segment) {}

    private static final class Sums {
        private final DayFold.Counts counts = new DayFold.Counts();
        private final Map<String, Remainder.Amount> money = new TreeMap<>();

        void money(RevenueKind kind, String currency, BigInteger micros) {
            money.merge(
                    kind + currency,
                    new Remainder.Amount(kind, currency, micros),
                    (one, other) ->
                            new Remainder.Amount(kind, currency, one.micros().add(other.micros())));
        }
    }

    /** @param players who are one person */
    Remainder run(Collection<Person> players) throws SQLException {
        Set<Integer> numbers = new TreeSet<>();
        for (Person player : players) {
            numbers.add(player.player());
        }
        new Sql()
                .add("SELECT person FROM link WHERE game = ?", game.number())
                .numbers(" AND player = ANY(?)", List.copyOf(numbers))
                .forEach(connection, row -> numbers.add(row.getInt(1)));
        @Nullable LocalDate[] first = new LocalDate[2];
        new Sql()
                .add("SELECT min(first_any_at), min(first_session_at) FROM player WHERE game = ?", game.number())
                .numbers(" AND player = ANY(?)", numbers)
                .forEach(connection, row -> {
                    first[0] = day(row.getTimestamp(1));
                    first[1] = day(row.getTimestamp(2));
                });
        if (first[0] == null) {
            return Remainder.NONE;
        }
        Map<Key, Sums> sums =
                new TreeMap<>(Comparator.comparing(Key::day).thenComparing(key -> String.valueOf(key.segment())));
        Map<List<Object>, Remainder.Segment> segments = segments(numbers, first[0]);
        rows("player_day", "f.events, f.sessions, f.lengths, f.length_millis, f.purchases, f.paid", numbers, first[0])
                .forEach(connection, row -> at(sums, segments, row).counts.add(DayFold.Counts.read(row, 3)));
        rows("player_money", "f.kind, f.currency, f.micros", numbers, first[0])
                .forEach(connection, row -> at(sums, segments, row)
                        .money(
                                RevenueKind.ofCode(row.getInt(3)),
                                row.getString(4),
                                row.getBigDecimal(5).toBigIntegerExact()));
        List<Remainder.Day> days = new ArrayList<>();
        sums.forEach((key, sum) -> days.add(new Remainder.Day(
                key.day(),
                key.segment(),
                sum.counts.events,
                sum.counts.sessions,
                sum.counts.lengths,
                new BigInteger(sum.counts.lengthMillis.value().toString()),
                sum.counts.purchases,
                sum.counts.paid,
                List.copyOf(sum.money.values()))));
        return new Remainder(first[0], first[1], days);
    }

    private static Sums at(Map<Key, Sums> sums, Map<List<Object>, Remainder.Segment> segments, ResultSet row)
            throws SQLException {
        LocalDate day = row.getObject(1, LocalDate.class);
        Remainder.Segment segment = segments.getOrDefault(List.of(day, row.getInt(2)), Remainder.Segment.OTHERS);
        return sums.computeIfAbsent(new Key(day, segment), key -> new Sums());
    }

    /** By day and segment, those that enough others share: nothing in them tells who is gone. */
    private Map<List<Object>, Remainder.Segment> segments(Set<Integer> numbers, LocalDate first) throws SQLException {
        Map<List<Object>, Remainder.Segment> shared = new HashMap<>();
        new Sql()
                .add(
                        "SELECT f.day, f.segment, s.parts FROM (SELECT DISTINCT day, segment FROM player_day WHERE game = ?",
                        game.number())
                .add(" AND day >= ?", first)
                .numbers(" AND player = ANY(?)) f JOIN term s ON s.id = f.segment", numbers)
                .add(" WHERE (SELECT count(*) FROM (SELECT FROM player_day o WHERE o.game = ?", game.number())
                .numbers(" AND o.day = f.day AND o.segment = f.segment AND o.player <> ALL(?)", numbers)
                .add(" LIMIT " + Remainder.FEWEST_OTHERS + ") others) = " + Remainder.FEWEST_OTHERS)
                .forEach(connection, row -> {
                    List<@Nullable String> parts =
                            Arrays.asList((String[]) row.getArray(3).getArray());
                    shared.put(
                            List.of(row.getObject(1, LocalDate.class), row.getInt(2)),
                            new Remainder.Segment(parts.get(0), parts.get(1), parts.get(2), experiments(parts)));
                });
        return shared;
    }

    private static List<String> experiments(List<@Nullable String> parts) {
        return parts.subList(3, parts.size()).stream().map(String::valueOf).toList();
    }

    private Sql rows(String table, String columns, Set<Integer> numbers, LocalDate first) {
        return new Sql()
                .add("SELECT f.day, f.segment, " + columns + " FROM " + table + " f WHERE f.game = ?", game.number())
                .add(" AND f.day >= ?", first)
                .numbers(" AND f.player = ANY(?)", numbers);
    }

    private @Nullable LocalDate day(@Nullable Timestamp at) {
        return at == null ? null : game.dayOf(at.toInstant());
    }
}
