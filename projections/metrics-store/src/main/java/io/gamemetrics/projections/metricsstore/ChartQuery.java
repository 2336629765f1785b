package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.sharedkernel.money.ExchangeRates;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts those figures of some buckets that are sums, a line for each combination of labels. */
record ChartQuery(Connection connection, GameRow game, Buckets buckets, List<Dimension> by, Filter where) {

    /** Whether the figure is a sum, and nothing asked about it depends on who the players are. */
    static boolean answers(Metric metric, List<Dimension> by, Filter where) {
        return isOfEvents(by, where)
                && switch (metric) {
                    case EVENTS, SESSIONS, MEAN_SESSION_SECONDS, PURCHASES, REVENUE, IAP_REVENUE, AD_REVENUE, REFUNDS ->
                        true;
                    case DAU, NEW_PLAYERS, PAYERS, ARPDAU, ARPPU -> false;
                };
    }

    /** Whether lines and filter are of what the events themselves say. */
    static boolean isOfEvents(List<Dimension> by, Filter where) {
        return where.acquisitions().isEmpty()
                && where.cohortFrom() == null
                && where.cohortTo() == null
                && where.payer() == null
                && by.stream().allMatch(ChartQuery::isOfEvents);
    }

    private static boolean isOfEvents(Dimension dimension) {
        return switch (dimension) {
            case PLATFORM, COUNTRY, APP_VERSION, EXPERIMENT -> true;
            case ACQUISITION, COHORT_DAY, PAYER -> false;
        };
    }

    /** Figures by labels and bucket, {@link FigureQuery#TOTAL} included. Buckets without events are missing. */
    Map<List<String>, Map<Integer, Figures>> run(ChartLayers layers) throws SQLException {
        Splits splits = new Splits(
                where,
                by,
                Overflow.read(connection, game, by, buckets, Overflow.dayOf(buckets, game, "f.occurred_at")));
        ExchangeRates rates = Rates.read(connection, game);
        Map<List<String>, Map<Integer, Figures>> lines = new HashMap<>();
        int first = 2 + by.size();
        new Sql()
                .add("SELECT width_bucket(f.occurred_at, b.bounds) - 1")
                .add(splits.labels())
                .add(", f.kind, f.currency, sum(f.events), sum(f.lengths), sum(f.length_millis), sum(f.micros)")
                .instants(" FROM (SELECT ?::timestamptz[] AS bounds) b CROSS JOIN ", buckets.bounds())
                .add(layers.from(game) + splits.joins() + " WHERE f.played")
                .add(splits.conditions())
                .add(" GROUP BY 1" + splits.places(2) + ", " + first + ", " + (first + 1))
                .forEach(connection, row -> {
                    int bucket = row.getInt(1);
                    LocalDate day = buckets.days().get(bucket);
                    Map<Integer, Figures> line = lines.computeIfAbsent(splits.read(row, 2), key -> new TreeMap<>());
                    int kind = row.getInt(first);
                    String currency = row.getString(first + 1);
                    BigDecimal millis = row.getBigDecimal(first + 4);
                    BigDecimal micros = row.getBigDecimal(first + 5);
                    for (int at : new int[] {bucket, FigureQuery.TOTAL}) {
                        Figures figures = line.computeIfAbsent(at, key -> new Figures());
                        figures.count(EventKind.ofCode(kind), row.getLong(first + 2), row.getLong(first + 3), millis);
                        int money = EventRow.moneyKind(EventKind.ofCode(kind));
                        if (money != 0 && currency != null && micros != null) {
                            figures.money(rates, day, money, currency, micros.toBigIntegerExact());
                        }
                    }
                });
        return lines;
    }
}
