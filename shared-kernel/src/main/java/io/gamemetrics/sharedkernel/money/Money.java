package io.gamemetrics.sharedkernel.money;

import java.util.Currency;

/**
 * An amount in millionths of the currency's unit, exact.
 *
 * @param micros 0 or more
 */
public record Money(Currency currency, long micros) {

    public Money {
        if (micros < 0) {
            throw new IllegalArgumentException("amount must be ≥ 0: micros=" + micros);
        }
    }
}
