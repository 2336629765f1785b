package io.gamemetrics.projections.playersstore;

import io.gamemetrics.sharedkernel.money.ExchangeRates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;

/** Reads a game's exchange rates. */
final class Rates {

    private Rates() {}

    /** @param currencies the only ones that will be asked for */
    static ExchangeRates read(Connection connection, GameRow game, Collection<String> currencies) throws SQLException {
        ExchangeRates rates = new ExchangeRates(game.currency());
        String sql = "SELECT currency, day, rate FROM exchange_rate WHERE game = ? AND currency = ANY (?)";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, game.number());
            select.setArray(2, connection.createArrayOf("text", currencies.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    rates.set(rows.getString(1), rows.getObject(2, LocalDate.class), rows.getBigDecimal(3));
                }
            }
        }
        return rates;
    }
}
