package io.gamemetrics.projections.recommendations.training;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** Plain loops over tall blocks, a row an item; written so that the compiler makes vector instructions of them. */
final class Rows {

    /** Rows that are taken together, so that the small square matrix is read once for all of them. */
    private static final int GROUP = 8;

    private Rows() {}

    /** sum += factor · row */
    static void add(double[] sum, double factor, double[] row) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += factor * row[k];
        }
    }

    /** leftᵀ · right, a small square matrix. */
    static DMatrixRMaj product(double[][] left, double[][] right) {
        int width = left[0].length;
        DMatrixRMaj product = new DMatrixRMaj(width, right[0].length);
        double[] sum = new double[right[0].length];
        for (int from = 0; from < left.length; from += GROUP) {
            int to = Math.min(left.length, from + GROUP);
            for (int a = 0; a < width; a++) {
                Arrays.fill(sum, 0);
                for (int row = from; row < to; row++) {
                    add(sum, left[row][a], right[row]);
                }
                int at = a * sum.length;
                for (int b = 0; b < sum.length; b++) {
                    product.data[at + b] += sum[b];
                }
            }
        }
        return product;
    }

    /** square · block. */
    static double[][] times(double[][] square, double[][] block) {
        double[][] product = new double[square.length][block[0].length];
        for (int from = 0; from < square.length; from += GROUP) {
            int to = Math.min(square.length, from + GROUP);
            for (int at = 0; at < block.length; at++) {
                for (int row = from; row < to; row++) {
                    add(product[row], square[row][at], block[at]);
                }
            }
        }
        return product;
    }

    /** block · small, in place of the block. */
    static void multiply(double[][] block, DMatrixRMaj small) {
        for (int from = 0; from < block.length; from += GROUP) {
            int to = Math.min(block.length, from + GROUP);
            double[][] group = new double[to - from][small.numCols];
            double[] row = new double[small.numCols];
            for (int a = 0; a < small.numRows; a++) {
                System.arraycopy(small.data, a * small.numCols, row, 0, row.length);
                for (int at = from; at < to; at++) {
                    add(group[at - from], block[at][a], row);
                }
            }
            System.arraycopy(group, 0, block, from, group.length);
        }
    }
}
