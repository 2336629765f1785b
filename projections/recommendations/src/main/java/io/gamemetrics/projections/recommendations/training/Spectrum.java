package io.gamemetrics.projections.recommendations.training;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/**
 * The largest eigenvalues of a symmetric matrix and their vectors, by iteration of a random subspace (Halko, Martinsson,
 * Tropp, "Finding structure with randomness", 2011). Exact enough: three rounds recommend as the whole decomposition does.
 *
 * @param values largest first
 * @param vectors a row an item, a column an eigenvalue
 */
record Spectrum(double[] values, double[][] vectors) {

    /** Columns beyond those asked for: the last ones are found last. */
    private static final int SPARE = 32;

    private static final int ROUNDS = 3;
    private static final int PRODUCTS_A_ROUND = 2;

    /** Directions weaker than this, beside the strongest, are rounding errors. */
    private static final double RANK_TOLERANCE = 1e-12;

    /** @param most how many; fewer come when the matrix has no more */
    static Spectrum largest(PersonProducts matrix, int size, int most, long seed) {
        double[][] block = random(size, Math.min(size, most + SPARE), seed);
        for (int round = 0; round < ROUNDS; round++) {
            for (int product = 0; product < PRODUCTS_A_ROUND; product++) {
                block = matrix.times(block);
            }
            orthonormalize(block);
        }
        SymmetricEigen eigen = SymmetricEigen.of(Rows.product(block, matrix.times(block)));
        double[] ones = new double[Math.min(most, eigen.values().length)];
        Arrays.fill(ones, 1);
        Rows.multiply(block, eigen.columns(ones));
        return new Spectrum(Arrays.copyOf(eigen.values(), ones.length), block);
    }

    private static double[][] random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[][] block = new double[rows][columns];
        for (double[] row : block) {
            for (int k = 0; k < columns; k++) {
                row[k] = random.nextGaussian();
            }
        }
        return block;
    }

    /** Columns of length 1 and at right angles; fewer than before where some say nothing new. */
    private static void orthonormalize(double[][] block) {
        DMatrixRMaj gram = Rows.product(block, block);
        SymmetricEigen eigen = SymmetricEigen.of(gram);
        double[] factors = Arrays.stream(eigen.values())
                .filter(value -> value > RANK_TOLERANCE * eigen.values()[0])
                .map(value -> 1 / Math.sqrt(value))
                .toArray();
        Rows.multiply(block, eigen.columns(factors));
    }
}
