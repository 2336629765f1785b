package io.gamemetrics.queryside.recommendation;

import java.math.BigDecimal;

/**
 * The schema's {@code Recommendation} and {@code SimilarItem}.
 *
 * @param score six decimals
 * @param why empty where the schema does not ask for it
 */
record Liked(String item, BigDecimal score, String why) {}
