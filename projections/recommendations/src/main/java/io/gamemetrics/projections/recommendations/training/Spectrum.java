package io.gamemetrics.projections.recommendations.training;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/**
 * The largest eigenvalues of a symmetric matrix and their vectors. Of a small matrix by the whole decomposition, else by
 * iteration of a random subspace (Halko, Martinsson, Tropp, "Finding structure with randomness", 2011). Exact enough: three
 * rounds recommend as the whole decomposition does.
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
        if (size <= most + SPARE) {
            return all(matrix.whole(), most);
        }
        double[][] block = random(size, most + SPARE, seed);
        for (int round = 0; round < ROUNDS; round++) {
            for (int product = 0; product < PRODUCTS_A_ROUND; product++) {
                block = matrix.times(block);
            }
            orthonormalize(block);
        }
        // The first time leaves rounding errors as large as the columns were alike.
        orthonormalize(block);
        SymmetricEigen eigen = SymmetricEigen.of(Rows.product(block, matrix.times(block)));
        double[] ones = ones(Math.min(most, eigen.values().length));
        Rows.multiply(block, eigen.columns(ones));
        return new Spectrum(Arrays.copyOf(eigen.values(), ones.length), block);
    }

    private static Spectrum all(double[][] matrix, int most) {
        SymmetricEigen eigen = SymmetricEigen.of(new DMatrixRMaj(matrix));
        long told = Arrays.stream(eigen.values())
                .limit(most)
                .filter(value -> value > RANK_TOLERANCE * eigen.values()[0])
                .count();
        double[] ones = ones((int) told);
        DMatrixRMaj columns = eigen.columns(ones);
        double[][] block = new double[matrix.length][ones.length];
        for (int row = 0; row < block.length; row++) {
            System.arraycopy(columns.data, row * ones.length, block[row], 0, ones.length);
        }
        return new Spectrum(Arrays.copyOf(eigen.values(), ones.length), block);
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
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
        Triangle triangle = Triangle.of(gram, RANK_TOLERANCE);
        if (triangle != null) {
            triangle.divide(block);
            return;
        }
        SymmetricEigen eigen = SymmetricEigen.of(gram);
        double[] factors = Arrays.stream(eigen.values())
                .filter(value -> value > RANK_TOLERANCE * eigen.values()[0])
                .map(value -> 1 / Math.sqrt(value))
                .toArray();
        Rows.multiply(block, eigen.columns(factors));
    }
}
