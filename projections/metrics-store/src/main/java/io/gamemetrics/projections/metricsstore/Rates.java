package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.sharedkernel.money.ExchangeRates;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;

/** Reads a game's exchange rates. */
final class Rates {

    private Rates() {}

    static ExchangeRates read(Connection connection, GameRow game) throws SQLException {
        ExchangeRates rates = new ExchangeRates(game.currency());
        new Sql()
                .add("SELECT currency, day, rate FROM exchange_rate WHERE game = ?", game.number())
                .forEach(
                        connection,
                        row -> rates.set(row.getString(1), row.getObject(2, LocalDate.class), row.getBigDecimal(3)));
        return rates;
    }
}
