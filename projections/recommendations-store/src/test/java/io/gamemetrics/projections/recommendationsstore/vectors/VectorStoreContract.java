package io.gamemetrics.projections.recommendationsstore.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Hit;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Point;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Shape;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore.Similarity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers rely on in every store of vectors. */
abstract class VectorStoreContract {

    private static final int DIMENSION = 8;
    private static final Shape DOT = new Shape(DIMENSION, Similarity.DOT);
    private static final Shape COSINE = new Shape(DIMENSION, Similarity.COSINE);

    private final String alias = "contract-" + UUID.randomUUID();
    private final List<String> made = new ArrayList<>();
    private VectorStore store;

    /** The store; what other tests left in it has other names. */
    abstract VectorStore store();

    /** Takes a collection away that a test made. */
    abstract void forget(VectorStore store, String collection);

    @BeforeEach
    void open() {
        store = store();
    }

    @AfterEach
    void close() {
        made.forEach(collection -> forget(store, collection));
        store.close();
    }

    @Test
    void an_empty_collection_answers_nothing() {
        String name = collection(DOT);

        assertThat(store.nearest(name, axis(0, 1), Filter.of(1), 5)).isEmpty();
        assertThat(store.count(name, Filter.of(1))).isZero();
        store.delete(name, Filter.of(1));
    }

    @Test
    void the_inner_product_orders_by_length_too_and_is_told_as_it_is() {
        String name = collection(DOT);
        store.upsert(name, List.of(point(1, "long", axis(0, 3)), point(1, "short", axis(0, 0.5f))));
        store.upsert(name, List.of(point(1, "across", axis(1, 9)), point(1, "against", axis(0, -2))));

        List<Hit> hits = store.nearest(name, axis(0, 2), Filter.of(1, 1), 10);

        assertThat(hits).extracting(Hit::id).containsExactly("long", "short", "across", "against");
        assertThat(hits.get(0).score()).isCloseTo(6, within(1e-4));
        assertThat(hits.get(1).score()).isCloseTo(1, within(1e-4));
        assertThat(hits.get(2).score()).isCloseTo(0, within(1e-4));
        assertThat(hits.get(3).score()).isCloseTo(-4, within(1e-3));
    }

    @Test
    void the_cosine_does_not_care_for_length() {
        String name = collection(COSINE);
        store.upsert(name, List.of(point(1, "near", axis(0, 0.01f)), point(1, "far", axis(1, 100))));

        List<Hit> hits = store.nearest(name, axis(0, 7), Filter.of(1, 1), 10);

        assertThat(hits).extracting(Hit::id).containsExactly("near", "far");
        assertThat(hits.get(0).score()).isCloseTo(1, within(0.02));
        assertThat(hits.get(1).score()).isCloseTo(0, within(0.02));
        store.upsert(name, List.of(new Point(2, 1, "another game's", axis(0, 1)), point(2, "later", axis(0, 1))));
        store.upsert(name, List.of(point(1, "without", axis(0, 1))));
        store.delete(name, Filter.of(1, 1).only(Set.of("far")));
        assertThat(store.nearest(name, axis(0, 7), Filter.of(1, 1).without(Set.of("without")), 10))
                .extracting(Hit::id)
                .containsExactly("near");
        assertThat(store.nearest(name, axis(0, 7), Filter.of(1, 1), 1)).hasSize(1);
    }

    @Test
    void a_point_written_again_is_replaced() {
        String name = collection(DOT);
        store.upsert(name, List.of(point(1, "a", axis(0, 1)), point(1, "b", axis(0, 2))));
        store.upsert(name, List.of(point(1, "a", axis(0, 3))));

        assertThat(store.nearest(name, axis(0, 1), Filter.of(1, 1), 10))
                .extracting(Hit::id)
                .containsExactly("a", "b");
        assertThat(store.count(name, Filter.of(1, 1))).isEqualTo(2);
    }

    @Test
    void games_and_versions_do_not_see_one_another() {
        String name = collection(DOT);
        store.upsert(
                name,
                List.of(
                        new Point(1, 1, "a", axis(0, 1)),
                        new Point(1, 2, "a", axis(0, 2)),
                        new Point(2, 1, "a", axis(0, 3)),
                        new Point(12, 1, "b", axis(0, 4))));

        assertThat(store.nearest(name, axis(0, 1), Filter.of(1, 1), 10))
                .singleElement()
                .satisfies(hit -> assertThat(hit.score()).isCloseTo(1, within(1e-4)));
        assertThat(store.count(name, Filter.of(1))).isEqualTo(2);

        store.delete(name, Filter.of(1, 1));

        assertThat(store.count(name, Filter.of(1, 1))).isZero();
        assertThat(store.count(name, Filter.of(1, 2))).isOne();
        assertThat(store.count(name, Filter.of(2, 1))).isOne();
        assertThat(store.count(name, Filter.of(12, 1))).isOne();
    }

    @Test
    void one_id_is_deleted_in_every_version_of_its_game_alone() {
        String name = collection(DOT);
        store.upsert(
                name,
                List.of(
                        new Point(1, 1, "a", axis(0, 1)),
                        new Point(1, 2, "a", axis(0, 1)),
                        new Point(1, 2, "b", axis(0, 1)),
                        new Point(2, 1, "a", axis(0, 1))));

        store.delete(name, Filter.of(1).only(Set.of("a")));

        assertThat(store.count(name, Filter.of(1))).isOne();
        assertThat(store.count(name, Filter.of(2).only(Set.of("a")))).isOne();
    }

    @Test
    void every_text_that_is_stored_is_given_and_none_that_was_deleted() {
        String name = collection(DOT);
        store.upsert(name, List.of(new Point(1, 1, "planted", axis(0, 1)), new Point(2, 7, "other", axis(0, 1))));
        List<String> texts = new ArrayList<>();

        store.forEachText(name, texts::add);
        assertThat(texts).contains("planted", "other");
        store.delete(name, Filter.of(1).only(Set.of("planted")));
        texts.clear();
        store.forEachText(name, texts::add);

        assertThat(texts).contains("other").doesNotContain("planted");
        store.forEachText(name + "-never-made", text -> fail("nothing is stored there"));
    }

    @Test
    void hundreds_of_the_nearest_can_be_left_out_and_as_many_as_asked_for_still_come() {
        String name = collection(DOT);
        List<Point> points = IntStream.range(0, 900)
                .mapToObj(i -> point(1, "i" + i, axis(0, 1000 - i)))
                .toList();
        store.upsert(name, points);
        List<String> owned = IntStream.range(0, 700).mapToObj(i -> "i" + i).toList();

        List<Hit> hits = store.nearest(name, axis(0, 1), Filter.of(1, 1).without(owned), 10);

        assertThat(hits)
                .extracting(Hit::id)
                .containsExactlyElementsOf(
                        IntStream.range(700, 710).mapToObj(i -> "i" + i).toList());
    }

    @Test
    void the_nearest_of_thousands_are_found_nearly_all() {
        assertThat(recall(DOT)).as("recall of ten; seed 7").isGreaterThan(0.98);
    }

    @Test
    void the_nearest_of_thousands_by_the_cosine_are_found_nearly_all() {
        assertThat(recall(COSINE)).as("recall of ten; seed 7").isGreaterThan(0.98);
    }

    /** Of the ten nearest, asked for again and again: the part that comes. Half of all points were written before. */
    private double recall(Shape shape) {
        String name = collection(shape);
        Random random = new Random(7);
        List<Point> points = IntStream.range(0, 3_000)
                .mapToObj(i -> point(1, "i" + i, random(random, 0.1f + random.nextFloat())))
                .toList();
        store.upsert(
                name,
                points.stream()
                        .limit(1_500)
                        .map(point -> point(1, point.id(), axis(0, 1)))
                        .toList());
        store.upsert(name, points);
        int found = 0;
        int questions = 50;
        for (int question = 0; question < questions; question++) {
            float[] asked = random(random, 1);
            Set<String> best = new HashSet<>(points.stream()
                    .sorted(Comparator.comparingDouble(point -> -likeness(shape, asked, point.vector())))
                    .limit(10)
                    .map(Point::id)
                    .toList());
            found += (int) store.nearest(name, asked, Filter.of(1, 1), 10).stream()
                    .filter(hit -> best.contains(hit.id()))
                    .count();
        }
        return found / (10.0 * questions);
    }

    private static double likeness(Shape shape, float[] one, float[] other) {
        return switch (shape.similarity()) {
            case DOT -> dot(one, other);
            case COSINE -> dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
        };
    }

    @Test
    void an_alias_is_switched_in_one_step_and_what_it_meant_is_gone() {
        String first = collection(DOT);
        String second = collection(DOT);
        assertThat(store.meant(alias)).isEmpty();
        store.upsert(first, List.of(point(1, "old", axis(0, 1))));
        store.switchTo(alias, first);
        assertThat(store.meant(alias)).contains(first);
        store.upsert(second, List.of(point(1, "new", axis(0, 1))));
        assertThat(store.nearest(alias, axis(0, 1), Filter.of(1, 1), 5))
                .extracting(Hit::id)
                .containsExactly("old");

        store.switchTo(alias, second);
        store.switchTo(alias, second);

        assertThat(store.meant(alias)).contains(second);
        assertThat(store.nearest(alias, axis(0, 1), Filter.of(1, 1), 5))
                .extracting(Hit::id)
                .containsExactly("new");
        assertThatThrownBy(() -> store.nearest(first, axis(0, 1), Filter.of(1, 1), 5))
                .isInstanceOf(VectorStoreException.class);
    }

    @Test
    void an_alias_that_is_dropped_is_gone_with_what_it_meant() {
        String name = collection(DOT);
        store.upsert(name, List.of(point(1, "a", axis(0, 1))));
        store.switchTo(alias, name);
        store.drop(alias);
        store.drop(alias);

        assertThat(store.meant(alias)).isEmpty();
        assertThatThrownBy(() -> store.nearest(name, axis(0, 1), Filter.of(1, 1), 5))
                .isInstanceOf(VectorStoreException.class);
    }

    @Test
    void versions_know_nothing_of_each_other() {
        VectorStore first = Vectors.ofVersion(store, 1);
        VectorStore second = Vectors.ofVersion(store, 2);
        String name = collection(DOT);
        second.create(name, DOT);
        first.upsert(name, List.of(point(1, "one", axis(0, 1))));
        second.upsert(name, List.of(point(1, "two", axis(0, 1))));
        first.switchTo(alias, name);
        second.switchTo(alias, name);

        assertThat(second.meant(alias)).contains(name);
        assertThat(second.nearest(alias, axis(0, 1), Filter.of(1, 1), 5))
                .extracting(Hit::id)
                .containsExactly("two");
        second.drop(alias);
        assertThat(second.meant(alias)).isEmpty();
        assertThat(first.nearest(alias, axis(0, 1), Filter.of(1, 1), 5))
                .extracting(Hit::id)
                .containsExactly("one");
    }

    @Test
    void points_are_written_and_deleted_through_an_alias_too() {
        String name = collection(DOT);
        store.switchTo(alias, name);
        store.upsert(alias, List.of(point(1, "a", axis(0, 1)), point(1, "b", axis(0, 1))));
        store.delete(alias, Filter.of(1).only(Set.of("a")));

        assertThat(store.nearest(name, axis(0, 1), Filter.of(1, 1), 5))
                .extracting(Hit::id)
                .containsExactly("b");
    }

    @Test
    void making_a_collection_again_keeps_what_is_in_it() {
        String name = collection(DOT);
        store.upsert(name, List.of(point(1, "a", axis(0, 1))));
        store.create(name, DOT);

        assertThat(store.count(name, Filter.of(1))).isOne();
    }

    @Test
    void a_collection_that_is_not_there_is_an_error_and_not_an_empty_answer() {
        String none = "contract-" + UUID.randomUUID();

        assertThatThrownBy(() -> store.nearest(none, axis(0, 1), Filter.of(1), 1))
                .isInstanceOf(VectorStoreException.class);
        assertThatThrownBy(() -> store.upsert(none, List.of(point(1, "a", axis(0, 1)))))
                .isInstanceOf(VectorStoreException.class);
    }

    @Test
    void a_vector_of_another_length_is_refused() {
        String name = collection(DOT);

        assertThatThrownBy(() -> store.upsert(name, List.of(point(1, "a", new float[] {1, 2}))))
                .isInstanceOfAny(VectorStoreException.class, IllegalArgumentException.class);
        assertThat(store.count(name, Filter.of(1))).isZero();
    }

    private String collection(Shape shape) {
        String name = "contract-" + UUID.randomUUID();
        made.add(name);
        store.create(name, shape);
        return name;
    }

    private static Point point(int version, String id, float[] vector) {
        return new Point(1, version, id, vector);
    }

    private static float[] axis(int which, float length) {
        float[] vector = new float[DIMENSION];
        vector[which] = length;
        return vector;
    }

    private static float[] random(Random random, float length) {
        float[] vector = new float[DIMENSION];
        for (int k = 0; k < DIMENSION; k++) {
            vector[k] = (float) random.nextGaussian() * length;
        }
        return vector;
    }

    private static double dot(float[] one, float[] other) {
        double dot = 0;
        for (int k = 0; k < one.length; k++) {
            dot += one[k] * other[k];
        }
        return dot;
    }
}
