package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.sharedkernel.money.Revenue;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A range of days in one.
 *
 * @param players distinct players active on any of the days
 * @param payers distinct players with a purchase for more than nothing on any of the days
 * @param meanSessionSeconds six decimals; null when no session's length is known
 * @param dauSum the sum of the days' active players
 * @param arpdauMicros total / dauSum; null when nobody was active
 * @param arppuMicros iap / payers; null when nobody paid
 */
public record Summary(
        long players,
        long newPlayers,
        long payers,
        long sessions,
        @Nullable BigDecimal meanSessionSeconds,
        long purchases,
        long dauSum,
        @Nullable BigInteger arpdauMicros,
        @Nullable BigInteger arppuMicros,
        Revenue revenue) {}
