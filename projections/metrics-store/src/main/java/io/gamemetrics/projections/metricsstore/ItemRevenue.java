package io.gamemetrics.projections.metricsstore;

import java.math.BigInteger;

/**
 * What one item brought in.
 *
 * @param revenueMicros purchases minus refunds on their own days, converted and rounded once; amounts without a rate are
 *     left out
 * @param purchases those for nothing included
 * @param payers distinct players who bought it for more than nothing
 */
public record ItemRevenue(String itemId, String itemType, BigInteger revenueMicros, long purchases, long payers) {}
