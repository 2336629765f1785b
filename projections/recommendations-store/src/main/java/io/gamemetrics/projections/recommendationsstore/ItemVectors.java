package io.gamemetrics.projections.recommendationsstore;

import java.util.stream.IntStream;

/**
 * What a model knows of items. How much a person is expected to care for item <i>j</i> is the inner product of the
 * person's vector and vector <i>j</i>; the person's vector is the sum over their items <i>i</i> of affinity × {@code
 * pulls[i]} × vector <i>i</i>. So a person's vector is exact at once, without a training.
 *
 * @param items the items' numbers
 * @param pulls by item; more than 0
 * @param vectors by item, all of one length; the parts that tell most apart come first
 */
public record ItemVectors(long[] items, float[] pulls, float[][] vectors) {

    public ItemVectors {
        if (items.length != pulls.length || items.length != vectors.length) {
            throw new IllegalArgumentException("as many pulls and vectors as items: " + items.length + ", "
                    + pulls.length + ", " + vectors.length);
        }
    }

    /** Without the items of which there is nothing to say. */
    public ItemVectors withoutNothing() {
        int[] kept = IntStream.range(0, items.length)
                .filter(row -> Folding.dot(vectors[row], vectors[row]) > 0)
                .toArray();
        float[] keptPulls = new float[kept.length];
        float[][] keptVectors = new float[kept.length][];
        for (int row = 0; row < kept.length; row++) {
            keptPulls[row] = pulls[kept[row]];
            keptVectors[row] = vectors[kept[row]];
        }
        return new ItemVectors(IntStream.of(kept).mapToLong(row -> items[row]).toArray(), keptPulls, keptVectors);
    }

    /** The vectors' length; 0 without items. */
    public int dimension() {
        return vectors.length == 0 ? 0 : vectors[0].length;
    }

    @Override
    public String toString() {
        return "ItemVectors[" + items.length + " × " + dimension() + "]";
    }
}
