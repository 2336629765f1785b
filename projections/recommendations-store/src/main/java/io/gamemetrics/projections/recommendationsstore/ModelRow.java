package io.gamemetrics.projections.recommendationsstore;

import org.jspecify.annotations.Nullable;

/**
 * How a version of a model came to be and how it was judged.
 *
 * @param interactions pairs of person and item that were learned from
 * @param checkedPersons persons whose lists were judged, none of them learned from; 0 where there are too few
 * @param ndcg of this version on them; absent when nobody was judged
 * @param ndcgBefore of the version active then, on the same persons; absent without one
 * @param ndcgPopular of what is popular, on the same persons
 */
public record ModelRow(
        int game,
        int version,
        long seed,
        int dimension,
        int persons,
        int items,
        long interactions,
        int checkedPersons,
        @Nullable Double ndcg,
        @Nullable Double ndcgBefore,
        @Nullable Double ndcgPopular,
        long trainMillis) {}
