package io.gamemetrics.projections.recommendationsstore;

/** @param score more is nearer: how much having the one speaks for having the other */
public record SimilarItem(String item, double score) {}
