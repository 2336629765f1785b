package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.sharedkernel.money.ExchangeRates;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts every figure of some buckets under a filter, a line for each combination of labels: whole days from players'
 * days, anything finer from the events themselves.
 */
final class FigureQuery {

    /** The bucket that stands for the whole range. */
    static final int TOTAL = -1;

    private final Connection connection;
    private final GameRow game;
    private final Buckets buckets;
    private final Filter where;
    private final Splits splits;
    private final Map<List<String>, Map<Integer, Figures>> lines = new HashMap<>();

    FigureQuery(Connection connection, GameRow game, Buckets buckets, List<Dimension> by, Filter where)
            throws SQLException {
        this.connection = connection;
        this.game = game;
        this.buckets = buckets;
        this.where = where;
        String day = buckets.wholeDays() ? "f.day" : Overflow.dayOf(buckets, game, "f.occurred_at");
        this.splits = new Splits(where, by, Overflow.read(connection, game, by, buckets, day));
    }

    /** Figures by labels and bucket, {@link #TOTAL} included. Buckets without events are missing. */
    Map<List<String>, Map<Integer, Figures>> run() throws SQLException {
        counts(false);
        counts(true);
        money();
        if (buckets.wholeDays() && where.isAll() && splits.isOfSegments()) {
            erased();
        }
        return lines;
    }

    private Figures at(List<String> labels, int bucket) {
        return lines.computeIfAbsent(labels, key -> new TreeMap<>()).computeIfAbsent(bucket, key -> new Figures());
    }

    private void counts(boolean total) throws SQLException {
        String active;
        String fresh;
        if (buckets.wholeDays()) {
            active = game.anyEvent() ? "f.events > 0" : "f.sessions > 0";
            fresh = "p.first_day = f.day";
        } else {
            active = game.anyEvent() ? "true" : "f.kind = 2";
            fresh = "width_bucket(" + (game.anyEvent() ? "p.first_any_at" : "p.first_session_at")
                    + ", b.bounds) = width_bucket(f.occurred_at, b.bounds)";
        }
        Sql sql = new Sql()
                .add("SELECT " + (total ? TOTAL : bucket()))
                .add(splits.labels())
                .add(", count(DISTINCT f.player) FILTER (WHERE " + active + "),"
                        + " count(DISTINCT f.player) FILTER (WHERE " + active + " AND " + fresh + "),"
                        + (buckets.wholeDays()
                                ? " count(DISTINCT f.player) FILTER (WHERE f.paid > 0), sum(f.events), sum(f.sessions),"
                                        + " sum(f.lengths), sum(f.length_millis), sum(f.purchases)"
                                : " count(DISTINCT f.player) FILTER (WHERE f.kind = 6 AND f.micros > 0), count(*),"
                                        + " count(*) FILTER (WHERE f.kind = 2), count(f.length_millis),"
                                        + " sum(f.length_millis), count(*) FILTER (WHERE f.kind = 6)"));
        from(sql, "player_day", "");
        int first = 2 + splits.by().size();
        sql.add(" GROUP BY 1" + splits.places(2)).forEach(connection, row -> {
            Figures figures = at(splits.read(row, 2), row.getInt(1));
            figures.active = row.getLong(first);
            figures.fresh = row.getLong(first + 1);
            figures.payers = row.getLong(first + 2);
            figures.events = row.getLong(first + 3);
            figures.sessions = row.getLong(first + 4);
            figures.lengths = row.getLong(first + 5);
            BigDecimal millis = row.getBigDecimal(first + 6);
            figures.lengthMillis = millis == null ? BigDecimal.ZERO : millis;
            figures.purchases = row.getLong(first + 7);
        });
    }

    private void money() throws SQLException {
        Sql sql = new Sql()
                .add("SELECT " + bucket())
                .add(splits.labels())
                .add(
                        buckets.wholeDays()
                                ? ", f.kind, f.currency, sum(f.micros)"
                                : ", CASE f.kind WHEN 6 THEN 1 WHEN 9 THEN 2 ELSE 3 END, f.currency, sum(f.micros)");
        from(sql, "player_money", " AND f.kind IN (6, 7, 9) AND f.micros > 0");
        money(sql);
    }

    /** @param sql of bucket, labels, kind, currency and micros, to be grouped */
    private void money(Sql sql) throws SQLException {
        ExchangeRates rates = Rates.read(connection, game);
        int first = 2 + splits.by().size();
        sql.add(" GROUP BY 1" + splits.places(2) + ", " + first + ", " + (first + 1))
                .forEach(connection, row -> {
                    List<String> labels = splits.read(row, 2);
                    LocalDate day = buckets.days().get(row.getInt(1));
                    for (int bucket : new int[] {row.getInt(1), TOTAL}) {
                        at(labels, bucket)
                                .money(
                                        rates,
                                        day,
                                        row.getInt(first),
                                        row.getString(first + 1),
                                        row.getBigDecimal(first + 2).toBigIntegerExact());
                    }
                });
    }

    /**
     * What persons who were erased had added to days, by what stands on events; as players they count on their days only where
     * nothing is split.
     */
    private void erased() throws SQLException {
        for (boolean total : new boolean[] {false, true}) {
            int first = 2 + splits.by().size();
            erased(
                            "erased_day",
                            total,
                            ", sum(f.events), sum(f.sessions), sum(f.lengths), sum(f.length_millis), sum(f.purchases)")
                    .add(" GROUP BY 1" + splits.places(2))
                    .forEach(connection, row -> {
                        Figures figures = at(splits.read(row, 2), row.getInt(1));
                        figures.events += row.getLong(first);
                        figures.sessions += row.getLong(first + 1);
                        figures.lengths += row.getLong(first + 2);
                        figures.lengthMillis = figures.lengthMillis.add(row.getBigDecimal(first + 3));
                        figures.purchases += row.getLong(first + 4);
                    });
        }
        money(erased("erased_money", false, ", f.kind, f.currency, sum(f.micros)"));
        if (splits.by().isEmpty()) {
            LocalDate begin = buckets.days().getFirst();
            new ErasedQuery(connection, game).days(begin, buckets.days().getLast(), (day, active, fresh, payers) -> {
                Figures figures = at(List.of(), Math.toIntExact(ChronoUnit.DAYS.between(begin, day)));
                figures.active += active;
                figures.fresh += fresh;
                figures.payers += payers;
                at(List.of(), TOTAL).fresh += fresh;
            });
        }
    }

    private Sql erased(String table, boolean total, String sums) {
        return new Sql()
                .add("SELECT " + (total ? TOTAL : bucket()))
                .add(splits.labels())
                .add(sums + " FROM " + table + " f" + splits.joins() + " WHERE f.game = ?", game.number())
                .add(" AND f.day BETWEEN ?", buckets.days().getFirst())
                .add(" AND ?", buckets.days().getLast());
    }

    /** A bucket never crosses a local midnight, so it also says the day of its money. */
    private String bucket() {
        return buckets.wholeDays()
                ? "f.day - DATE '" + buckets.days().getFirst() + "'"
                : "width_bucket(f.occurred_at, b.bounds) - 1";
    }

    private void from(Sql sql, String dayTable, String eventCondition) {
        if (buckets.wholeDays()) {
            sql.add(" FROM " + dayTable + " f" + splits.joins()
                            + " JOIN player p ON p.game = f.game AND p.player = f.player")
                    .add(" WHERE f.game = ?", game.number())
                    .add(" AND f.day BETWEEN ?", buckets.days().getFirst())
                    .add(" AND ?", buckets.days().getLast());
        } else {
            sql.instants(" FROM (SELECT ?::timestamptz[] AS bounds) b CROSS JOIN event f", buckets.bounds())
                    .add(splits.joins() + " JOIN player p ON p.game = f.game AND p.player = f.player")
                    .add(" WHERE f.game = ?", game.number())
                    .add(" AND f.occurred_at >= '" + buckets.from() + "' AND f.occurred_at < '" + buckets.to()
                            + "' AND f.player >= 0" + eventCondition);
        }
        sql.add(splits.conditions());
    }
}
