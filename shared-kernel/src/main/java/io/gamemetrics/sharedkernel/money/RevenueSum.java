package io.gamemetrics.sharedkernel.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what was paid, earned and given back, exactly. Used by one thread. */
public final class RevenueSum {

    private final BigDecimal[] converted = new BigDecimal[RevenueKind.values().length];
    private final Map<String, BigInteger[]> charged = new TreeMap<>();
    private final Map<String, BigInteger[]> unconverted = new TreeMap<>();

    /** Nothing so far. */
    public RevenueSum() {
        Arrays.fill(converted, BigDecimal.ZERO);
    }

    /** Adds what came in, or went back, on a local day, in micros of a currency; nothing leaves no trace. */
    public void add(RevenueKind kind, String currency, LocalDate day, BigInteger micros, ExchangeRates rates) {
        if (micros.signum() == 0) {
            return;
        }
        add(charged, currency, kind, micros);
        BigDecimal rate = rates.of(currency, day);
        if (rate == null) {
            add(unconverted, currency, kind, micros);
        } else {
            int place = kind.code() - 1;
            converted[place] = converted[place].add(rate.multiply(new BigDecimal(micros)));
        }
    }

    private static void add(Map<String, BigInteger[]> sums, String currency, RevenueKind kind, BigInteger micros) {
        BigInteger[] sum = sums.computeIfAbsent(currency, key -> {
            BigInteger[] zeros = new BigInteger[RevenueKind.values().length];
            Arrays.fill(zeros, BigInteger.ZERO);
            return zeros;
        });
        sum[kind.code() - 1] = sum[kind.code() - 1].add(micros);
    }

    /** All of it so far. */
    public Revenue total() {
        BigInteger iap = whole(RevenueKind.IN_APP);
        BigInteger ads = whole(RevenueKind.ADS);
        BigInteger refunds = whole(RevenueKind.REFUNDS);
        return new Revenue(
                iap.add(ads).subtract(refunds), iap, ads, refunds, inCurrencies(charged), inCurrencies(unconverted));
    }

    private BigInteger whole(RevenueKind kind) {
        return converted[kind.code() - 1].setScale(0, RoundingMode.HALF_UP).toBigInteger();
    }

    private static List<Revenue.InCurrency> inCurrencies(Map<String, BigInteger[]> sums) {
        List<Revenue.InCurrency> list = new ArrayList<>();
        sums.forEach((currency, sum) -> list.add(new Revenue.InCurrency(
                Currency.getInstance(currency),
                sum[RevenueKind.IN_APP.code() - 1],
                sum[RevenueKind.ADS.code() - 1],
                sum[RevenueKind.REFUNDS.code() - 1])));
        return list;
    }
}
