package io.gamemetrics.projections.recommendationsstore;

/**
 * An item a player may like.
 *
 * @param score more is better. From a model: how much of a whole purchase it expects; of what is popular: the part of the
 *     players who have it, 0 to 1
 * @param why one sentence: the item of the player's own that speaks most for it, or where it is popular
 */
public record Recommendation(String item, double score, String why) {}
