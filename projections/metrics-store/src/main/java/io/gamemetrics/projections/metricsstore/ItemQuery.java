package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.sharedkernel.money.ExchangeRates;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each item brought in over some days. */
record ItemQuery(Connection connection, GameRow game, Buckets days) {

    private static final class Sold {
        BigDecimal micros = BigDecimal.ZERO;
        long purchases;
        long payers;
        String itemId = "";
        String itemType = "";
    }

    List<ItemRevenue> run(int first) throws SQLException {
        Map<Integer, Sold> items = new HashMap<>();
        from("SELECT f.item, t.parts[1], t.parts[2], count(*) FILTER (WHERE f.kind = 6),"
                        + " count(DISTINCT f.player) FILTER (WHERE f.kind = 6 AND f.micros > 0)")
                .add(" GROUP BY 1, 2, 3")
                .forEach(connection, row -> {
                    Sold sold = items.computeIfAbsent(row.getInt(1), key -> new Sold());
                    sold.itemId = row.getString(2);
                    sold.itemType = row.getString(3);
                    sold.purchases = row.getLong(4);
                    sold.payers = row.getLong(5);
                });
        ExchangeRates rates = Rates.read(connection, game);
        from("SELECT f.item, width_bucket(f.occurred_at, b.bounds) - 1, f.currency,"
                        + " sum(CASE f.kind WHEN 6 THEN f.micros ELSE -f.micros END)")
                .add(" GROUP BY 1, 2, 3")
                .forEach(connection, row -> {
                    BigDecimal rate = rates.of(row.getString(3), days.days().get(row.getInt(2)));
                    if (rate != null) {
                        Sold sold = items.computeIfAbsent(row.getInt(1), key -> new Sold());
                        sold.micros = sold.micros.add(rate.multiply(row.getBigDecimal(4)));
                    }
                });
        return items.values().stream()
                .map(sold -> new ItemRevenue(
                        sold.itemId, sold.itemType, Figures.whole(sold.micros), sold.purchases, sold.payers))
                .sorted(Comparator.comparing(ItemRevenue::revenueMicros)
                        .reversed()
                        .thenComparing(ItemRevenue::itemId)
                        .thenComparing(ItemRevenue::itemType))
                .limit(first)
                .toList();
    }

    private Sql from(String select) {
        return new Sql()
                .add(select)
                .instants(" FROM (SELECT ?::timestamptz[] AS bounds) b CROSS JOIN event f", days.bounds())
                .add(" JOIN term t ON t.id = f.item")
                .add(" WHERE f.game = ?", game.number())
                .add(" AND f.kind IN (6, 7) AND f.micros IS NOT NULL AND f.occurred_at >= '" + days.from()
                        + "' AND f.occurred_at < '" + days.to() + "'");
    }
}
