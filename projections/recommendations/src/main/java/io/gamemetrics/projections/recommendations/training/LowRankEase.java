package io.gamemetrics.projections.recommendations.training;

import io.gamemetrics.projections.recommendationsstore.Interactions;
import io.gamemetrics.projections.recommendationsstore.ItemVectors;

/**
 * EASE^R (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", 2019), as vectors. It predicts a person's care for
 * an item from their other items by B = I − P·diag(1/P), P = (XᵀX + D)⁻¹. With S = D^(−1/2) and the eigenvectors V and
 * eigenvalues Λ of S·XᵀX·S, P = S·(I − V·Λ/(Λ+1)·Vᵀ)·S; outside the diagonal, which nobody asks for, only the second part
 * counts, and its largest eigenvalues nearly alone. So B is a product of item vectors, and no matrix of items by items is
 * ever made. D grows with popularity, as in the same author's "Autoencoders that don't overfit towards the identity" (2020).
 */
public final class LowRankEase {

    /** An item that all others explain completely would answer without bound. */
    private static final double LEAST_UNEXPLAINED = 1e-3;

    private LowRankEase() {}

    /** The same interactions and settings give the same vectors, on every machine. Items nobody has get zeros. */
    public static ItemVectors train(Interactions data, TrainingSettings settings) {
        int items = data.itemCount();
        if (data.values().length == 0) {
            return new ItemVectors(data.itemNumbers(), new float[items], new float[items][0]);
        }
        double[] scales = new double[items];
        PersonProducts products = PersonProducts.of(data, settings, scales);
        Spectrum spectrum = Spectrum.largest(products, items, settings.dimension(items), settings.seed());
        float[][] vectors = new float[items][];
        float[] pulls = new float[items];
        double[] strengths = strengths(spectrum.values());
        boolean[] had = had(data);
        for (int item = 0; item < items; item++) {
            if (!had[item]) {
                vectors[item] = new float[strengths.length];
                continue;
            }
            double[] row = spectrum.vectors()[item];
            double unexplained = 1;
            for (int k = 0; k < strengths.length; k++) {
                unexplained -= row[k] * row[k] * strengths[k];
            }
            unexplained = Math.max(LEAST_UNEXPLAINED, unexplained);
            float[] vector = new float[strengths.length];
            for (int k = 0; k < strengths.length; k++) {
                vector[k] = (float) (row[k] * Math.sqrt(strengths[k]) / (scales[item] * unexplained));
            }
            vectors[item] = vector;
            pulls[item] = (float) (scales[item] * scales[item] * unexplained);
        }
        return new ItemVectors(data.itemNumbers(), pulls, vectors);
    }

    private static boolean[] had(Interactions data) {
        boolean[] had = new boolean[data.itemCount()];
        for (int column : data.columns()) {
            had[column] = true;
        }
        return had;
    }

    private static double[] strengths(double[] eigenvalues) {
        double[] strengths = new double[eigenvalues.length];
        for (int k = 0; k < strengths.length; k++) {
            double value = Math.max(0, eigenvalues[k]);
            strengths[k] = value / (value + 1);
        }
        return strengths;
    }
}
