package io.gamemetrics.projections.recommendations.training;

import io.gamemetrics.projections.recommendationsstore.Interactions;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** What recommendations have to beat. Each answers a score for every item to a row of what somebody has. */
public final class Baselines {

    private Baselines() {}

    /** Scores for a person. */
    public interface Scoring {
        void score(int person, double[] scores);
    }

    /** The same for everybody: how many have it. */
    public static Scoring popularity(Interactions data) {
        double[] counts = new double[data.itemCount()];
        for (int column : data.columns()) {
            counts[column]++;
        }
        return (person, scores) -> System.arraycopy(counts, 0, scores, 0, counts.length);
    }

    /** The sum of the cosines with each item the person has (Sarwar et al., 2001). */
    public static Scoring cosine(Interactions data) {
        int items = data.itemCount();
        float[][] cosines = new float[items][items];
        for (int person = 0; person < data.personCount(); person++) {
            for (int a = data.starts()[person]; a < data.starts()[person + 1]; a++) {
                for (int b = data.starts()[person]; b < data.starts()[person + 1]; b++) {
                    cosines[data.columns()[a]][data.columns()[b]]++;
                }
            }
        }
        double[] lengths = new double[items];
        for (int item = 0; item < items; item++) {
            lengths[item] = Math.sqrt(Math.max(1, cosines[item][item]));
        }
        return (person, scores) -> {
            Arrays.fill(scores, 0);
            for (int at = data.starts()[person]; at < data.starts()[person + 1]; at++) {
                int had = data.columns()[at];
                for (int item = 0; item < items; item++) {
                    scores[item] += cosines[had][item] / (lengths[had] * lengths[item]);
                }
            }
        };
    }

    /**
     * Implicit ALS (Hu, Koren, Volinsky, 2008) with 32 factors: confidence 1 + 10 for what somebody has, regularisation 10,
     * 15 rounds; of five such settings tried, the best in both measures.
     */
    public static Scoring als(Interactions data) {
        int factors = 32;
        double confidence = 10;
        Random random = new Random(1);
        double[][] persons = random(random, data.personCount(), factors);
        double[][] items = random(random, data.itemCount(), factors);
        int[][] byPerson = rows(data, false);
        int[][] byItem = rows(data, true);
        for (int round = 0; round < 15; round++) {
            solve(persons, items, byPerson, confidence);
            solve(items, persons, byItem, confidence);
        }
        solve(persons, items, byPerson, confidence);
        return (person, scores) -> {
            for (int item = 0; item < scores.length; item++) {
                double dot = 0;
                for (int k = 0; k < factors; k++) {
                    dot += persons[person][k] * items[item][k];
                }
                scores[item] = dot;
            }
        };
    }

    private static double[][] random(Random random, int rows, int columns) {
        double[][] block = new double[rows][columns];
        for (double[] row : block) {
            for (int k = 0; k < columns; k++) {
                row[k] = random.nextGaussian() * 0.01;
            }
        }
        return block;
    }

    private static int[][] rows(Interactions data, boolean transposed) {
        int[] counts = new int[transposed ? data.itemCount() : data.personCount()];
        for (int person = 0; person < data.personCount(); person++) {
            for (int at = data.starts()[person]; at < data.starts()[person + 1]; at++) {
                counts[transposed ? data.columns()[at] : person]++;
            }
        }
        int[][] rows = new int[counts.length][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new int[counts[row]];
        }
        Arrays.fill(counts, 0);
        for (int person = 0; person < data.personCount(); person++) {
            for (int at = data.starts()[person]; at < data.starts()[person + 1]; at++) {
                int row = transposed ? data.columns()[at] : person;
                rows[row][counts[row]++] = transposed ? person : data.columns()[at];
            }
        }
        return rows;
    }

    private static void solve(double[][] wanted, double[][] fixed, int[][] has, double confidence) {
        int factors = fixed[0].length;
        DMatrixRMaj gram = Rows.product(fixed, fixed);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(factors);
        DMatrixRMaj left = new DMatrixRMaj(factors, factors);
        DMatrixRMaj right = new DMatrixRMaj(factors, 1);
        DMatrixRMaj solved = new DMatrixRMaj(factors, 1);
        for (int row = 0; row < wanted.length; row++) {
            left.setTo(gram);
            CommonOps_DDRM.fill(right, 0);
            for (int other : has[row]) {
                double[] vector = fixed[other];
                for (int a = 0; a < factors; a++) {
                    right.data[a] += (1 + confidence) * vector[a];
                    for (int b = 0; b < factors; b++) {
                        left.data[a * factors + b] += confidence * vector[a] * vector[b];
                    }
                }
            }
            for (int a = 0; a < factors; a++) {
                left.data[a * factors + a] += 10;
            }
            if (!solver.setA(left)) {
                throw new ArithmeticException("singular");
            }
            solver.solve(right, solved);
            wanted[row] = solved.data.clone();
        }
    }
}
