package io.gamemetrics.projections.recommendationsstore;

/** Adds up a person's vector from their items'. Not safe for concurrent use. */
public final class Folding {

    private final float[] sum;

    /** @param dimension how many of the items' first parts are added up */
    public Folding(int dimension) {
        this.sum = new float[dimension];
    }

    /** One item of the person's; in the same order the sum is the same to the last bit. */
    public void add(float affinity, float pull, float[] vector) {
        float factor = affinity * pull;
        for (int k = 0; k < Math.min(sum.length, vector.length); k++) {
            sum[k] += factor * vector[k];
        }
    }

    /** Whether nothing was added, or nothing that points anywhere. */
    public boolean isNothing() {
        for (float part : sum) {
            if (part != 0) {
                return false;
            }
        }
        return true;
    }

    public float[] vector() {
        return sum.clone();
    }

    /** The inner product of as many parts as both have. */
    public static double dot(float[] one, float[] other) {
        double dot = 0;
        for (int k = 0; k < Math.min(one.length, other.length); k++) {
            dot += (double) one[k] * other[k];
        }
        return dot;
    }
}
