package io.gamemetrics.projections.recommendations.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gamemetrics.projections.recommendationsstore.Interactions;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SpectrumTest {

    private static final int ITEMS = 150;
    private static final int TASTES = 10;
    private static final int MOST = 20;
    private static final TrainingSettings SETTINGS = TrainingSettings.defaults();

    @Test
    void what_iteration_finds_first_is_what_the_whole_decomposition_says() {
        PersonProducts matrix = products(tastes(800, 3));
        Spectrum iterated = Spectrum.largest(matrix, ITEMS, MOST, 1);
        Spectrum whole = Spectrum.largest(matrix, ITEMS, ITEMS, 1);

        assertThat(iterated.values()).hasSize(MOST);
        for (int k = 0; k < TASTES; k++) {
            assertThat(iterated.values()[k]).as("value %s", k).isCloseTo(whole.values()[k], within(1e-6));
        }
        assertOrthonormal(iterated);
        assertOrthonormal(whole);
    }

    @Test
    void where_persons_are_all_alike_no_more_directions_are_told_than_there_are() {
        Interactions data = tastes(800, 0);
        PersonProducts matrix = products(data);

        Spectrum iterated = Spectrum.largest(matrix, ITEMS, MOST, 1);

        assertThat(iterated.values()).hasSize(TASTES);
        assertThat(Spectrum.largest(matrix, ITEMS, ITEMS, 1).values()).hasSize(TASTES);
        assertOrthonormal(iterated);
    }

    @Test
    void the_matrix_multiplies_as_going_through_the_persons_does() {
        PersonProducts few = products(tastes(300, 3));
        double[][] block = new double[ITEMS][7];
        Random random = new Random(5);
        Arrays.stream(block).forEach(row -> Arrays.setAll(row, k -> random.nextGaussian()));

        double[][] byPersons = few.times(block);
        double[][] byMatrix = Rows.times(few.whole(), block);

        for (int item = 0; item < ITEMS; item++) {
            assertThat(byMatrix[item]).containsExactly(byPersons[item], within(1e-12));
        }
    }

    @Test
    void a_triangle_times_itself_is_the_matrix_and_a_singular_one_has_none() {
        DMatrixRMaj matrix = new DMatrixRMaj(new double[][] {{4, 2, 0}, {2, 5, 2}, {0, 2, 6}});
        Triangle triangle = Objects.requireNonNull(Triangle.of(matrix, 1e-12));

        for (int row = 0; row < 3; row++) {
            for (int column = row; column < 3; column++) {
                double sum = 0;
                for (int k = 0; k <= row; k++) {
                    sum += triangle.rows()[k][row] * triangle.rows()[k][column];
                }
                assertThat(sum).isCloseTo(matrix.get(row, column), within(1e-12));
            }
        }
        assertThat(Triangle.of(new DMatrixRMaj(new double[][] {{1, 2}, {2, 4}}), 1e-12))
                .isNull();
        assertThat(Triangle.of(new DMatrixRMaj(new double[][] {{Double.NaN}}), 1e-12))
                .isNull();
    }

    private static void assertOrthonormal(Spectrum spectrum) {
        DMatrixRMaj products = Rows.product(spectrum.vectors(), spectrum.vectors());
        for (int row = 0; row < products.numRows; row++) {
            for (int column = 0; column < products.numCols; column++) {
                assertThat(products.get(row, column))
                        .as("%s to %s", row, column)
                        .isCloseTo(row == column ? 1 : 0, within(1e-9));
            }
        }
    }

    private static PersonProducts products(Interactions data) {
        return PersonProducts.of(data, SETTINGS, new double[ITEMS]);
    }

    /** Persons of one of ten tastes each, who have most of what belongs to it, and so many other items. */
    private static Interactions tastes(int persons, int others) {
        Random random = new Random(11);
        int each = ITEMS / TASTES;
        int[] starts = new int[persons + 1];
        int[] columns = new int[persons * (each + others)];
        int size = 0;
        for (int person = 0; person < persons; person++) {
            SortedSet<Integer> row = new TreeSet<>();
            for (int item = 0; item < each; item++) {
                if (others == 0 || random.nextInt(10) < 8) {
                    row.add(person % TASTES * each + item);
                }
            }
            for (int other = 0; other < others; other++) {
                row.add(random.nextInt(ITEMS));
            }
            for (int item : row) {
                columns[size++] = item;
            }
            starts[person + 1] = size;
        }
        float[] ones = new float[size];
        Arrays.fill(ones, 1);
        return new Interactions(
                IntStream.range(0, ITEMS).asLongStream().toArray(),
                IntStream.range(0, persons).asLongStream().toArray(),
                starts,
                Arrays.copyOf(columns, size),
                ones);
    }
}
