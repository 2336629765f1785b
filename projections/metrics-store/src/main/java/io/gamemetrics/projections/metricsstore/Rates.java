package io.gamemetrics.projections.metricsstore;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A game's exchange rates by day. Immutable once read. */
final class Rates {

    private final String currency;
    private final Map<String, NavigableMap<LocalDate, BigDecimal>> rates = new HashMap<>();

    private Rates(String currency) {
        this.currency = currency;
    }

    static Rates read(Connection connection, GameRow game) throws SQLException {
        Rates read = new Rates(game.currency());
        new Sql()
                .add("SELECT currency, day, rate FROM metrics.exchange_rate WHERE game = ?", game.number())
                .forEach(connection, row -> read.rates
                        .computeIfAbsent(row.getString(1), key -> new TreeMap<>())
                        .put(row.getObject(2, LocalDate.class), row.getBigDecimal(3)));
        return read;
    }

    /** What one unit is worth in the game's currency on a day: the day's rate or the last earlier one; absent: unknown. */
    @Nullable
    BigDecimal of(String of, LocalDate day) {
        if (of.equals(currency)) {
            return BigDecimal.ONE;
        }
        NavigableMap<LocalDate, BigDecimal> byDay = rates.get(of);
        Map.Entry<LocalDate, BigDecimal> last = byDay == null ? null : byDay.floorEntry(day);
        return last == null ? null : last.getValue();
    }
}
