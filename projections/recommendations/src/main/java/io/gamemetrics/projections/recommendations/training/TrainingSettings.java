package io.gamemetrics.projections.recommendations.training;

/**
 * How item vectors are made. The defaults are those that were best where it was measured; docs/decisions/0019 has the
 * table.
 *
 * @param mostDimensions the vectors' length; less with fewer items or very many
 * @param ridge how much evidence an item needs, in persons
 * @param popularityRidge how much of an item's own popularity is added to {@code ridge}, 0 or more
 * @param damping a person with n items counts n^(−2 × damping), so that those with everything don't decide everything
 * @param seed where the search for the vectors starts
 */
public record TrainingSettings(int mostDimensions, double ridge, double popularityRidge, double damping, long seed) {

    /** Values of a training's largest table, of which it needs three: 64 MiB each. */
    private static final int MOST_VALUES = 8 << 20;

    private static final int STEP = 32;

    /** 512 parts, 20 persons, once the popularity, a fourth root. */
    public static TrainingSettings defaults() {
        return new TrainingSettings(512, 20, 1, 0.25, 20_261_122);
    }

    public TrainingSettings withMostDimensions(int dimensions) {
        return new TrainingSettings(dimensions, ridge, popularityRidge, damping, seed);
    }

    /** The length of the vectors of so many items: never more than items, and within the memory meant for it. */
    int dimension(int items) {
        int fitting = MOST_VALUES / Math.max(1, items) / STEP * STEP;
        return Math.min(items, Math.min(mostDimensions, Math.max(STEP, fitting)));
    }
}
