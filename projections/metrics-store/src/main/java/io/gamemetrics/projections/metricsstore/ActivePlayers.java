package io.gamemetrics.projections.metricsstore;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Distinct players active on a day, in the 7 days and in the 30 days that end with it.
 *
 * @param stickiness dau / mau, six decimals; null when nobody was active in the 30 days
 */
public record ActivePlayers(
        LocalDate day,
        long dau,
        long wau,
        long mau,
        @Nullable BigDecimal stickiness) {}
