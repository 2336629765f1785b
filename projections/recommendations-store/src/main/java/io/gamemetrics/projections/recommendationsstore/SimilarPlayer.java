package io.gamemetrics.projections.recommendationsstore;

import io.gamemetrics.sharedkernel.ids.Pseudonym;

/** @param score the cosine of what both like, at most 1 */
public record SimilarPlayer(Pseudonym player, double score) {}
