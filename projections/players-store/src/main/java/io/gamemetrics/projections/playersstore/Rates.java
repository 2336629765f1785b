package io.gamemetrics.projections.playersstore;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
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

    /** @param currencies the only ones that will be asked for */
    static Rates read(Connection connection, GameRow game, Collection<String> currencies) throws SQLException {
        Rates read = new Rates(game.currency());
        String sql = "SELECT currency, day, rate FROM players.exchange_rate WHERE game = ? AND currency = ANY (?)";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, game.number());
            select.setArray(2, connection.createArrayOf("text", currencies.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    read.rates
                            .computeIfAbsent(rows.getString(1), key -> new TreeMap<>())
                            .put(rows.getObject(2, LocalDate.class), rows.getBigDecimal(3));
                }
            }
        }
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
