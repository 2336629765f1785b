package io.gamemetrics.projections.recommendations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PortionTest {

    private final Portion portion = new Portion();

    @Test
    void what_takes_long_is_halved_until_it_takes_a_tenth_of_a_second() {
        for (int round = 0; round < 20; round++) {
            portion.took(portion.persons(), Duration.ofNanos(portion.persons() * 400_000L));
        }

        assertThat(portion.persons()).isBetween(125, 250);
    }

    @Test
    void what_takes_little_is_doubled_up_to_a_bound() {
        for (int round = 0; round < 20; round++) {
            portion.took(portion.persons(), Duration.ofNanos(portion.persons() * 1_000L));
        }

        assertThat(portion.persons()).isEqualTo(Portion.MOST);
    }

    @Test
    void few_persons_say_nothing_of_how_many_fit() {
        int before = portion.persons();

        portion.took(3, Duration.ofMillis(2));

        assertThat(portion.persons()).isEqualTo(before);
    }

    @Test
    void however_long_it_takes_some_are_made() {
        for (int round = 0; round < 20; round++) {
            portion.took(portion.persons(), Duration.ofMinutes(1));
        }

        assertThat(portion.persons()).isEqualTo(Portion.LEAST);
    }
}
