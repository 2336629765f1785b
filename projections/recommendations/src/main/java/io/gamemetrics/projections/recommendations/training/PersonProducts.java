package io.gamemetrics.projections.recommendations.training;

import io.gamemetrics.projections.recommendationsstore.Interactions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies by S·XᵀW²X·S: person by person, or, where a game has few items beside what its persons did, by the matrix, which
 * is then made once. The more players such a game has, the more that saves.
 */
final class PersonProducts {

    /** Values of the matrix, 64 MiB. */
    private static final long MOST_VALUES = 8 << 20;

    private final Interactions data;
    private final double[] weights;
    private final double[] scales;
    private double @Nullable [][] whole;

    private PersonProducts(Interactions data, double[] weights, double[] scales) {
        this.data = data;
        this.weights = weights;
        this.scales = scales;
    }

    /** @param scales filled: S, by item */
    static PersonProducts of(Interactions data, TrainingSettings settings, double[] scales) {
        double[] weights = new double[data.personCount()];
        double[] popularity = new double[data.itemCount()];
        for (int person = 0; person < weights.length; person++) {
            double total = 0;
            for (int at = data.starts()[person]; at < data.starts()[person + 1]; at++) {
                total += data.values()[at];
            }
            weights[person] = total == 0 ? 0 : Math.pow(total, -2 * settings.damping());
            for (int at = data.starts()[person]; at < data.starts()[person + 1]; at++) {
                popularity[data.columns()[at]] += weights[person] * data.values()[at] * data.values()[at];
            }
        }
        for (int item = 0; item < scales.length; item++) {
            scales[item] = 1 / Math.sqrt(settings.ridge() + settings.popularityRidge() * popularity[item]);
        }
        return new PersonProducts(data, weights, scales);
    }

    /** The product with a block of column vectors, a row an item. */
    double[][] times(double[][] block) {
        long values = (long) scales.length * scales.length;
        boolean isWorthMaking = values <= MOST_VALUES && values < 2L * data.values().length;
        return isWorthMaking ? Rows.times(whole(), block) : personByPerson(block);
    }

    /** The matrix itself. */
    double[][] whole() {
        double[][] made = whole;
        if (made == null) {
            made = make();
            whole = made;
        }
        return made;
    }

    private double[][] make() {
        double[][] made = new double[scales.length][scales.length];
        for (int person = 0; person < weights.length; person++) {
            int end = data.starts()[person + 1];
            for (int one = data.starts()[person]; one < end; one++) {
                double[] row = made[data.columns()[one]];
                double factor = weights[person] * data.values()[one] * scales[data.columns()[one]];
                for (int other = one; other < end; other++) {
                    row[data.columns()[other]] += factor * data.values()[other] * scales[data.columns()[other]];
                }
            }
        }
        // Columns rise within a row, so all of it lies on one side so far.
        for (int row = 0; row < made.length; row++) {
            for (int column = 0; column < row; column++) {
                made[row][column] = made[column][row];
            }
        }
        return made;
    }

    private double[][] personByPerson(double[][] block) {
        int width = block[0].length;
        double[][] product = new double[block.length][width];
        double[] sum = new double[width];
        for (int person = 0; person < weights.length; person++) {
            int start = data.starts()[person];
            int end = data.starts()[person + 1];
            Arrays.fill(sum, 0);
            for (int at = start; at < end; at++) {
                int item = data.columns()[at];
                Rows.add(sum, data.values()[at] * scales[item], block[item]);
            }
            for (int at = start; at < end; at++) {
                int item = data.columns()[at];
                Rows.add(product[item], weights[person] * data.values()[at] * scales[item], sum);
            }
        }
        return product;
    }
}
