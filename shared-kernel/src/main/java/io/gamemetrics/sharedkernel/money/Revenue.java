package io.gamemetrics.sharedkernel.money;

import java.math.BigInteger;
import java.util.Currency;
import java.util.List;

/**
 * Money, in micros of the game's currency unless said otherwise. Amounts are converted exactly by the rate of their own
 * local day (the last earlier one) and each figure is rounded once, HALF_UP.
 *
 * @param totalMicros iap + ads − refunds, of the rounded figures; may be negative
 * @param byCurrency what was charged, earned and given back, in its own currency, all of it; sorted by currency
 * @param unconverted the part of {@code byCurrency} for whose days no rate is known, and which no figure above contains
 */
public record Revenue(
        BigInteger totalMicros,
        BigInteger iapMicros,
        BigInteger adMicros,
        BigInteger refundMicros,
        List<InCurrency> byCurrency,
        List<InCurrency> unconverted) {

    public Revenue {
        byCurrency = List.copyOf(byCurrency);
        unconverted = List.copyOf(unconverted);
    }

    /** Amounts in micros of one currency. */
    public record InCurrency(Currency currency, BigInteger iapMicros, BigInteger adMicros, BigInteger refundMicros) {

        /** iap + ads − refunds. */
        public BigInteger totalMicros() {
            return iapMicros.add(adMicros).subtract(refundMicros);
        }
    }
}
