package io.gamemetrics.projections.recommendations.training;

import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * All eigenvalues of a small symmetric matrix, largest first.
 *
 * @param values largest first
 * @param vectors of length 1, in the values' order
 */
record SymmetricEigen(double[] values, DMatrixRMaj[] vectors) {

    static SymmetricEigen of(DMatrixRMaj matrix) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(matrix.numRows, true, true);
        if (!eigen.decompose(matrix)) {
            throw new ArithmeticException("eigenvalues not found: size=" + matrix.numRows);
        }
        int[] order = IntStream.range(0, matrix.numRows)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -eigen.getEigenvalue(k).getReal()))
                .mapToInt(k -> k)
                .toArray();
        double[] values = new double[order.length];
        DMatrixRMaj[] vectors = new DMatrixRMaj[order.length];
        for (int k = 0; k < order.length; k++) {
            values[k] = eigen.getEigenvalue(order[k]).getReal();
            vectors[k] = Objects.requireNonNull(eigen.getEigenVector(order[k]));
        }
        return new SymmetricEigen(values, vectors);
    }

    /** A matrix with the first vectors as columns, each times its factor. */
    DMatrixRMaj columns(double[] factors) {
        DMatrixRMaj columns = new DMatrixRMaj(values.length, factors.length);
        for (int k = 0; k < factors.length; k++) {
            for (int row = 0; row < values.length; row++) {
                columns.data[row * factors.length + k] = vectors[k].data[row] * factors[k];
            }
        }
        return columns;
    }
}
