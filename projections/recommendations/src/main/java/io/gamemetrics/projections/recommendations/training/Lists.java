package io.gamemetrics.projections.recommendations.training;

import java.util.Arrays;

/** The items with the highest scores. */
public final class Lists {

    private Lists() {}

    /**
     * The best items, best first; of equal ones the first.
     *
     * @param scores by item; those of {@code without} are changed
     */
    public static int[] best(double[] scores, int[] without, int most) {
        for (int item : without) {
            scores[item] = Double.NEGATIVE_INFINITY;
        }
        int[] best = new int[most];
        int found = 0;
        for (int item = 0; item < scores.length; item++) {
            double score = scores[item];
            if (score == Double.NEGATIVE_INFINITY || (found == most && score <= scores[best[found - 1]])) {
                continue;
            }
            int place = found < most ? found++ : most - 1;
            while (place > 0 && scores[best[place - 1]] < score) {
                best[place] = best[place - 1];
                place--;
            }
            best[place] = item;
        }
        return Arrays.copyOf(best, found);
    }
}
