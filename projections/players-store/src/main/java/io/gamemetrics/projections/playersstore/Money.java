package io.gamemetrics.projections.playersstore;

import io.gamemetrics.infrastructure.readstore.LocalDay;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds up what some players paid, earned and were given back. Used by one thread. */
final class Money {

    /** By kind: in-app, ads, refunds. */
    private final BigDecimal[] converted = {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO};

    private final Map<String, BigInteger[]> charged = new TreeMap<>();
    private final Map<String, BigInteger[]> unconverted = new TreeMap<>();

    private record Sum(int kind, String currency, LocalDate day, BigInteger micros) {}

    private Money() {}

    static Revenue read(Connection connection, GameRow game, List<UUID> players) throws SQLException {
        List<Sum> sums = new ArrayList<>();
        String sql = "SELECT kind, currency, " + LocalDay.sql(game.zone(), "at") + " AS day, sum(micros)"
                + " FROM players.money WHERE player = ANY (?) GROUP BY 1, 2, 3";
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
        Rates rates = Rates.read(connection, game, currencies);
        Money money = new Money();
        sums.forEach(sum -> money.add(sum.kind, sum.currency, rates.of(sum.currency, sum.day), sum.micros));
        return money.revenue();
    }

    private void add(int kind, String currency, @Nullable BigDecimal rate, BigInteger micros) {
        add(charged, currency, kind, micros);
        if (rate == null) {
            add(unconverted, currency, kind, micros);
        } else {
            converted[kind - 1] = converted[kind - 1].add(rate.multiply(new BigDecimal(micros)));
        }
    }

    private static void add(Map<String, BigInteger[]> sums, String currency, int kind, BigInteger micros) {
        BigInteger[] sum = sums.computeIfAbsent(currency, key -> {
            BigInteger[] zeros = new BigInteger[3];
            Arrays.fill(zeros, BigInteger.ZERO);
            return zeros;
        });
        sum[kind - 1] = sum[kind - 1].add(micros);
    }

    private Revenue revenue() {
        BigInteger iap = whole(converted[0]);
        BigInteger ads = whole(converted[1]);
        BigInteger refunds = whole(converted[2]);
        return new Revenue(
                iap.add(ads).subtract(refunds), iap, ads, refunds, inCurrencies(charged), inCurrencies(unconverted));
    }

    private static BigInteger whole(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_UP).toBigInteger();
    }

    private static List<Revenue.InCurrency> inCurrencies(Map<String, BigInteger[]> sums) {
        List<Revenue.InCurrency> list = new ArrayList<>();
        sums.forEach((currency, sum) ->
                list.add(new Revenue.InCurrency(Currency.getInstance(currency), sum[0], sum[1], sum[2])));
        return list;
    }
}
