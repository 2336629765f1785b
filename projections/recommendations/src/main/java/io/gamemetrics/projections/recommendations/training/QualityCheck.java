package io.gamemetrics.projections.recommendations.training;

import io.gamemetrics.projections.recommendationsstore.Folding;
import io.gamemetrics.projections.recommendationsstore.Interactions;
import io.gamemetrics.projections.recommendationsstore.ItemVectors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Judges versions of a model on persons from whom no version ever learns: a part of their items makes their vector, and the
 * list has to foretell the rest. Since a person's vector is exact without training, that is how a new player is served.
 */
public final class QualityCheck {

    /** One person in so many is kept from every training. */
    private static final int ONE_IN = 25;

    /** Of fewer persons a game needs all to learn from. */
    public static final int LEAST_PERSONS = 1_000;

    private static final int LEAST_ITEMS = 5;
    private static final int MOST_PERSONS = 2_000;
    private static final int KEPT_ONE_IN = 5;

    private final Interactions data;
    private final boolean checks;

    public QualityCheck(Interactions data) {
        this.data = data;
        this.checks = data.personCount() >= LEAST_PERSONS;
    }

    /** What may be learned from. */
    public Interactions learning() {
        return checks ? data.where(person -> !isKept(person)) : data;
    }

    /** Of a model's lists; nobody is judged in a game with too few persons. */
    public Quality of(ItemVectors model) {
        Map<Long, Integer> rows = new HashMap<>();
        for (int row = 0; row < model.items().length; row++) {
            rows.put(model.items()[row], row);
        }
        float[][] vectors = new float[data.itemCount()][];
        float[] pulls = new float[data.itemCount()];
        for (int item = 0; item < vectors.length; item++) {
            Integer row = rows.get(data.itemNumbers()[item]);
            vectors[item] = row == null ? new float[0] : model.vectors()[row];
            pulls[item] = row == null ? 0 : model.pulls()[row];
        }
        return judge((seen, scores) -> {
            Folding person = new Folding(model.dimension());
            for (int item : seen) {
                person.add(1, pulls[item], vectors[item]);
            }
            float[] vector = person.vector();
            for (int item = 0; item < scores.length; item++) {
                scores[item] = Folding.dot(vector, vectors[item]);
            }
        });
    }

    /** Of what most persons have, the same for everybody. */
    public Quality ofPopular() {
        double[] popularity = new double[data.itemCount()];
        Interactions learning = learning();
        for (int at = 0; at < learning.values().length; at++) {
            popularity[learning.columns()[at]] += learning.values()[at];
        }
        return judge((seen, scores) -> System.arraycopy(popularity, 0, scores, 0, scores.length));
    }

    private interface Scoring {
        void score(int[] seen, double[] scores);
    }

    private Quality judge(Scoring scoring) {
        Quality quality = new Quality();
        if (!checks) {
            return quality;
        }
        double[] scores = new double[data.itemCount()];
        for (int person = 0; person < data.personCount() && quality.persons() < MOST_PERSONS; person++) {
            int start = data.starts()[person];
            int end = data.starts()[person + 1];
            if (!isKept(data.persons()[person]) || end - start < LEAST_ITEMS) {
                continue;
            }
            Set<Integer> kept = new HashSet<>();
            int[] seen = new int[end - start];
            int count = 0;
            for (int at = start; at < end; at++) {
                int item = data.columns()[at];
                if (isKeptBack(data.persons()[person], data.itemNumbers()[item])) {
                    kept.add(item);
                } else {
                    seen[count++] = item;
                }
            }
            if (!kept.isEmpty() && count > 0) {
                seen = Arrays.copyOf(seen, count);
                scoring.score(seen, scores);
                quality.add(Lists.best(scores, seen, Quality.LENGTH), kept);
            }
        }
        return quality;
    }

    private static boolean isKept(long person) {
        return Long.remainderUnsigned(mixed(person), ONE_IN) == 0;
    }

    private static boolean isKeptBack(long person, long item) {
        return Long.remainderUnsigned(mixed(person ^ mixed(item)), KEPT_ONE_IN) == 0;
    }

    /** The finalizer of MurmurHash3: neighbouring numbers become unlike ones. */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
