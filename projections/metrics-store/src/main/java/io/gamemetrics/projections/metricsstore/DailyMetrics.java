package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.sharedkernel.money.Revenue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One local day of a game.
 *
 * @param newPlayers players whose first day it is (whatever the filter) and who were active under the filter on it
 * @param sessions sessions that started on it
 * @param meanSessionSeconds over those whose length is known, six decimals; null when there is none
 * @param purchases those for nothing included
 * @param payers distinct players with a purchase for more than nothing
 * @param arpdauMicros total / dau; null when nobody was active
 */
public record DailyMetrics(
        LocalDate day,
        long dau,
        long newPlayers,
        long sessions,
        @Nullable BigDecimal meanSessionSeconds,
        long purchases,
        long payers,
        @Nullable BigInteger arpdauMicros,
        Revenue revenue) {}
