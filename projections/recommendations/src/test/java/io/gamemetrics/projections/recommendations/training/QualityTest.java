package io.gamemetrics.projections.recommendations.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.junit.jupiter.api.Test;

class QualityTest {

    @Test
    void a_list_that_begins_with_all_that_was_kept_back_is_perfect() {
        Quality quality = new Quality();
        quality.add(new int[] {4, 7, 1}, Set.of(7, 4));

        assertThat(quality.recall()).isEqualTo(1);
        assertThat(quality.ndcg()).isEqualTo(1);
    }

    @Test
    void late_places_are_worth_less_and_places_after_the_tenth_nothing() {
        Quality quality = new Quality();
        quality.add(new int[] {9, 4, 8}, Set.of(4));
        assertThat(quality.recall()).isEqualTo(1);
        assertThat(quality.ndcg()).isCloseTo(Math.log(2) / Math.log(3), within(1e-12));

        Quality late = new Quality();
        late.add(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, Set.of(10));
        assertThat(late.recall()).isZero();
        assertThat(late.ndcg()).isZero();
    }

    @Test
    void it_is_the_mean_over_persons() {
        Quality quality = new Quality();
        quality.add(new int[] {1}, Set.of(1));
        quality.add(new int[] {1}, Set.of(2));

        assertThat(quality.recall()).isEqualTo(0.5);
        assertThat(quality.persons()).isEqualTo(2);
    }

    @Test
    void the_best_come_first_and_of_equal_ones_the_first() {
        assertThat(Lists.best(new double[] {1, 5, 3, 5, 4}, new int[] {4}, 3)).containsExactly(1, 3, 2);
        assertThat(Lists.best(new double[] {1, 2}, new int[] {0, 1}, 3)).isEmpty();
    }
}
