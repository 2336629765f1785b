package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.sharedkernel.money.ExchangeRates;
import io.gamemetrics.sharedkernel.money.Revenue;
import io.gamemetrics.sharedkernel.money.RevenueKind;
import io.gamemetrics.sharedkernel.money.RevenueSum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Everything that is counted in one bucket. Used by one thread. */
final class Figures {

    long active;
    long fresh;
    long payers;
    long events;
    long sessions;
    long lengths;
    BigDecimal lengthMillis = BigDecimal.ZERO;
    long purchases;

    private final RevenueSum revenue = new RevenueSum();

    void money(ExchangeRates rates, LocalDate day, int kind, String currency, BigInteger micros) {
        revenue.add(RevenueKind.ofCode(kind), currency, day, micros, rates);
    }

    Revenue revenue() {
        return revenue.total();
    }

    @Nullable
    BigDecimal meanSessionSeconds() {
        return lengths == 0
                ? null
                : lengthMillis.divide(
                        BigDecimal.valueOf(lengths).multiply(BigDecimal.valueOf(1_000)), 6, RoundingMode.HALF_UP);
    }

    DailyMetrics daily(LocalDate day) {
        Revenue revenue = revenue();
        return new DailyMetrics(
                day,
                active,
                fresh,
                sessions,
                meanSessionSeconds(),
                purchases,
                payers,
                perHead(revenue.totalMicros(), active),
                revenue);
    }

    Summary summary(long dauSum) {
        Revenue revenue = revenue();
        return new Summary(
                active,
                fresh,
                payers,
                sessions,
                meanSessionSeconds(),
                purchases,
                dauSum,
                perHead(revenue.totalMicros(), dauSum),
                perHead(revenue.iapMicros(), payers),
                revenue);
    }

    /** Adds events of one kind, some of them with a length. */
    void count(EventKind kind, long number, long withLength, @Nullable BigDecimal millis) {
        events += number;
        sessions += kind == EventKind.SESSION_STARTED ? number : 0;
        purchases += kind == EventKind.PURCHASE ? number : 0;
        lengths += withLength;
        lengthMillis = millis == null ? lengthMillis : lengthMillis.add(millis);
    }

    @Nullable
    BigDecimal value(Metric metric) {
        return switch (metric) {
            case DAU -> BigDecimal.valueOf(active);
            case NEW_PLAYERS -> BigDecimal.valueOf(fresh);
            case EVENTS -> BigDecimal.valueOf(events);
            case SESSIONS -> BigDecimal.valueOf(sessions);
            case MEAN_SESSION_SECONDS -> meanSessionSeconds();
            case PURCHASES -> BigDecimal.valueOf(purchases);
            case PAYERS -> BigDecimal.valueOf(payers);
            case REVENUE -> new BigDecimal(revenue().totalMicros());
            case IAP_REVENUE -> new BigDecimal(revenue().iapMicros());
            case AD_REVENUE -> new BigDecimal(revenue().adMicros());
            case REFUNDS -> new BigDecimal(revenue().refundMicros());
            case ARPDAU -> decimal(perHead(revenue().totalMicros(), active));
            case ARPPU -> decimal(perHead(revenue().iapMicros(), payers));
        };
    }

    private static @Nullable BigDecimal decimal(@Nullable BigInteger value) {
        return value == null ? null : new BigDecimal(value);
    }

    static BigInteger whole(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_UP).toBigInteger();
    }

    static @Nullable BigInteger perHead(BigInteger micros, long heads) {
        return heads == 0
                ? null
                : new BigDecimal(micros)
                        .divide(BigDecimal.valueOf(heads), 0, RoundingMode.HALF_UP)
                        .toBigInteger();
    }

    /** Six decimals; null over nothing. */
    static @Nullable BigDecimal ratio(long part, long whole) {
        return whole == 0 ? null : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 6, RoundingMode.HALF_UP);
    }
}
