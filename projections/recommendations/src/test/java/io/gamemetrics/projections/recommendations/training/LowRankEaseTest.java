package io.gamemetrics.projections.recommendations.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gamemetrics.projections.recommendationsstore.Folding;
import io.gamemetrics.projections.recommendationsstore.Interactions;
import io.gamemetrics.projections.recommendationsstore.ItemVectors;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class LowRankEaseTest {

    private static final int ITEMS = 30;
    private static final TrainingSettings SETTINGS = new TrainingSettings(ITEMS, 5, 0.5, 0.25, 3);

    @Test
    void with_all_dimensions_the_vectors_say_what_the_matrix_of_the_paper_says() {
        Interactions data = random(200, 11);
        ItemVectors vectors = LowRankEase.train(data, SETTINGS);
        SimpleMatrix paper = paper(data);

        for (int from = 0; from < ITEMS; from++) {
            for (int to = 0; to < ITEMS; to++) {
                if (from != to) {
                    double vector = vectors.pulls()[from] * Folding.dot(vectors.vectors()[from], vectors.vectors()[to]);
                    assertThat(vector).as("%s to %s", from, to).isCloseTo(paper.get(from, to), within(1e-4));
                }
            }
        }
    }

    @Test
    void fewer_dimensions_keep_most_of_it_in_the_first_parts() {
        Interactions data = random(200, 11);
        ItemVectors all = LowRankEase.train(data, SETTINGS);
        ItemVectors half = LowRankEase.train(data, SETTINGS.withMostDimensions(ITEMS / 2));

        assertThat(half.dimension()).isEqualTo(ITEMS / 2);
        for (int item = 0; item < ITEMS; item++) {
            double whole = Folding.dot(all.vectors()[item], all.vectors()[item]);
            double first = Folding.dot(half.vectors()[item], all.vectors()[item]);
            assertThat(Math.abs(first)).isLessThanOrEqualTo(whole * 1.01);
        }
    }

    @Test
    void the_same_data_and_seed_make_the_same_vectors_to_the_last_bit() {
        ItemVectors one = LowRankEase.train(random(200, 11), SETTINGS);
        ItemVectors two = LowRankEase.train(random(200, 11), SETTINGS);

        assertThat(two.pulls()).isEqualTo(one.pulls());
        assertThat(two.vectors()).isDeepEqualTo(one.vectors());
    }

    @Test
    void an_item_nobody_has_and_two_that_go_together_always_break_nothing() {
        int[] columns = {0, 1, 0, 1, 0, 1, 2};
        Interactions data = new Interactions(
                new long[] {10, 11, 12, 13},
                new long[] {1, 2, 3},
                new int[] {0, 2, 4, 7},
                columns,
                ones(columns.length));

        ItemVectors vectors = LowRankEase.train(data, SETTINGS).withoutNothing();

        assertThat(vectors.items()).containsExactly(10, 11, 12);
        for (float[] vector : vectors.vectors()) {
            for (float part : vector) {
                assertThat(part).isFinite();
            }
        }
    }

    @Test
    void the_length_of_vectors_keeps_within_the_items_and_the_memory() {
        TrainingSettings defaults = TrainingSettings.defaults();
        assertThat(defaults.dimension(7)).isEqualTo(7);
        assertThat(defaults.dimension(5_155)).isEqualTo(512);
        assertThat(defaults.dimension(20_000)).isEqualTo(416);
        assertThat(defaults.dimension(1_000_000)).isEqualTo(32);
    }

    /** B of the paper, by the inverse it is defined with. */
    private static SimpleMatrix paper(Interactions data) {
        SimpleMatrix gram = new SimpleMatrix(ITEMS, ITEMS);
        for (int person = 0; person < data.personCount(); person++) {
            int start = data.starts()[person];
            int end = data.starts()[person + 1];
            double weight = Math.pow(end - start, -2 * SETTINGS.damping());
            for (int a = start; a < end; a++) {
                for (int b = start; b < end; b++) {
                    int row = data.columns()[a];
                    int column = data.columns()[b];
                    gram.set(row, column, gram.get(row, column) + weight);
                }
            }
        }
        for (int item = 0; item < ITEMS; item++) {
            double popularity = gram.get(item, item);
            gram.set(item, item, popularity + SETTINGS.ridge() + SETTINGS.popularityRidge() * popularity);
        }
        SimpleMatrix inverse = gram.invert();
        SimpleMatrix paper = new SimpleMatrix(ITEMS, ITEMS);
        for (int from = 0; from < ITEMS; from++) {
            for (int to = 0; to < ITEMS; to++) {
                paper.set(from, to, -inverse.get(from, to) / inverse.get(to, to));
            }
        }
        return paper;
    }

    private static Interactions random(int persons, long seed) {
        Random random = new Random(seed);
        int[] starts = new int[persons + 1];
        int[] columns = new int[persons * ITEMS];
        int size = 0;
        for (int person = 0; person < persons; person++) {
            for (int item = 0; item < ITEMS; item++) {
                if (random.nextInt(ITEMS) < 3 + item / 3) {
                    columns[size++] = item;
                }
            }
            if (size == starts[person]) {
                columns[size++] = 0;
            }
            starts[person + 1] = size;
        }
        return new Interactions(
                IntStream.range(0, ITEMS).asLongStream().toArray(),
                IntStream.range(0, persons).asLongStream().toArray(),
                starts,
                Arrays.copyOf(columns, size),
                ones(size));
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
