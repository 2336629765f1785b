package io.gamemetrics.projections.playersstore;

import io.gamemetrics.infrastructure.readstore.LocalDay;
import io.gamemetrics.sharedkernel.money.ExchangeRates;
import io.gamemetrics.sharedkernel.money.Revenue;
import io.gamemetrics.sharedkernel.money.RevenueKind;
import io.gamemetrics.sharedkernel.money.RevenueSum;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What some players paid, earned and were given back. */
final class Money {

    private record Sum(int kind, String currency, LocalDate day, BigInteger micros) {}

    private Money() {}

    static Revenue read(Connection connection, GameRow game, List<UUID> players) throws SQLException {
        List<Sum> sums = new ArrayList<>();
        String sql = "SELECT kind, currency, " + LocalDay.sql(game.zone(), "at") + " AS day, sum(micros)"
                + " FROM money WHERE player = ANY (?) GROUP BY 1, 2, 3";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("uuid", players.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sums.add(new Sum(
                            rows.getInt(1),
                            rows.getString(2),
                            rows.getObject(3, LocalDate.class),
                            rows.getBigDecimal(4).toBigIntegerExact()));
                }
            }
        }
        Set<String> currencies = sums.stream().map(Sum::currency).collect(Collectors.toSet());
        ExchangeRates rates = Rates.read(connection, game, currencies);
        RevenueSum all = new RevenueSum();
        sums.forEach(sum -> all.add(RevenueKind.ofCode(sum.kind), sum.currency, sum.day, sum.micros, rates));
        return all.total();
    }
}
