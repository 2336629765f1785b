package io.gamemetrics.projections.recommendations.training;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The upper triangle U of Cholesky's decomposition UᵀU of a symmetric matrix.
 *
 * @param rows row k from its place k on; what is before it says nothing
 */
record Triangle(double[][] rows) {

    /** Absent when the matrix is singular but for rounding errors: what a column adds to those before it is next to nothing. */
    static @Nullable Triangle of(DMatrixRMaj matrix, double tolerance) {
        int size = matrix.numRows;
        double[][] rows = new double[size][size];
        for (int row = 0; row < size; row++) {
            System.arraycopy(matrix.data, row * size, rows[row], 0, size);
        }
        for (int k = 0; k < size; k++) {
            double pivot = rows[k][k];
            // Not the other way round: what is no number is no pivot either.
            if (!(pivot > tolerance * matrix.get(k, k))) {
                return null;
            }
            double scale = 1 / Math.sqrt(pivot);
            for (int column = k; column < size; column++) {
                rows[k][column] *= scale;
            }
            for (int row = k + 1; row < size; row++) {
                subtract(rows[row], rows[k][row], rows[k], row);
            }
        }
        return new Triangle(rows);
    }

    /** block · U⁻¹, in place of the block. */
    void divide(double[][] block) {
        for (double[] row : block) {
            for (int k = 0; k < rows.length; k++) {
                row[k] /= rows[k][k];
                subtract(row, row[k], rows[k], k + 1);
            }
        }
    }

    /** left −= factor · right, from a place on. */
    private static void subtract(double[] left, double factor, double[] right, int from) {
        for (int at = from; at < left.length; at++) {
            left[at] -= factor * right[at];
        }
    }
}
