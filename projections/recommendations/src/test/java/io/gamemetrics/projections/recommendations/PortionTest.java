package io.gamemetrics.projections.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PortionTest {

    private final Portion portion = new Portion();

    @Test
    void a_round_takes_a_tenth_of_a_second_whatever_it_costs_and_whatever_a_person_does() {
        for (int round = 0; round < 20; round++) {
            portion.took(portion.persons(), Duration.ofNanos(60_000_000 + portion.persons() * 100_000L));
        }

        assertThat(portion.persons()).isBetween(390, 410);
    }

    @Test
    void what_takes_little_grows_up_to_a_bound() {
        for (int round = 0; round < 20; round++) {
            portion.took(portion.persons(), Duration.ofNanos(portion.persons() * 1_000L));
        }

        assertThat(portion.persons()).isEqualTo(Portion.MOST);
    }

    @Test
    void few_persons_say_nothing_of_how_many_fit() {
        int before = portion.persons();

        portion.took(3, Duration.ofMillis(2));
        portion.took(3, Duration.ofMillis(150));
        portion.took(0, Duration.ofSeconds(1));

        assertThat(portion.persons()).isEqualTo(before);
    }

    @Test
    void one_slow_moment_halves_it_at_most() {
        int before = portion.persons();

        portion.took(before, Duration.ofMinutes(1));

        assertThat(portion.persons()).isEqualTo(before / 2);
    }

    @Test
    void however_long_it_takes_some_are_made() {
        for (int round = 0; round < 20; round++) {
            portion.took(portion.persons(), Duration.ofMinutes(1));
        }

        assertThat(portion.persons()).isEqualTo(Portion.LEAST);
    }
}
