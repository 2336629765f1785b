package io.gamemetrics.queryside.recommendation;

import java.math.BigDecimal;

/**
 * The schema's {@code SimilarPlayer}.
 *
 * @param playerId what the caller may see of it
 * @param score six decimals
 */
record LikeMinded(String playerId, BigDecimal score) {}
