package io.gamemetrics.projections.recommendations.training;

import java.util.Set;

/**
 * How well lists of recommendations foretell what was kept back, over all persons asked for. Sums until {@link #recall} or
 * {@link #ndcg} divides them. Not safe for concurrent use.
 */
public final class Quality {

    /** How long a list is judged. */
    public static final int LENGTH = 10;

    private double recall;
    private double ndcg;
    private int persons;

    /**
     * Judges one person's list.
     *
     * @param list best first; what comes after {@value #LENGTH} does not count
     * @param kept what was kept back, at least one
     */
    public void add(int[] list, Set<Integer> kept) {
        double gain = 0;
        double best = 0;
        int hits = 0;
        for (int place = 0; place < LENGTH; place++) {
            double discount = Math.log(2) / Math.log(place + 2);
            if (place < list.length && kept.contains(list[place])) {
                hits++;
                gain += discount;
            }
            if (place < kept.size()) {
                best += discount;
            }
        }
        recall += hits / (double) kept.size();
        ndcg += gain / best;
        persons++;
    }

    public int persons() {
        return persons;
    }

    /** The part of what was kept back that is in the list, 0 to 1: the mean over persons. */
    public double recall() {
        return persons == 0 ? 0 : recall / persons;
    }

    /** The same, with early places worth more; 1 when the list begins with all that was kept back. */
    public double ndcg() {
        return persons == 0 ? 0 : ndcg / persons;
    }
}
