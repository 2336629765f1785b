package io.gamemetrics.projections.recommendations.training;

import io.gamemetrics.projections.recommendationsstore.Interactions;
import java.util.Arrays;

/** Multiplies by S·XᵀW²X·S, person by person: the matrix itself is never made. */
final class PersonProducts {

    private final Interactions data;
    private final double[] weights;
    private final double[] scales;

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
