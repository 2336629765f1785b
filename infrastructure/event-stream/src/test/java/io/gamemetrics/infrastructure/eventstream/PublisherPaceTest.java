package io.gamemetrics.infrastructure.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PublisherPaceTest {

    private static final int FULL = 5_000;

    @Test
    void few_events_are_followed_by_no_rest() {
        assertThat(PublisherPace.rest(Duration.ofSeconds(9), 0, FULL)).isZero();
        assertThat(PublisherPace.rest(Duration.ofSeconds(9), 49, FULL)).isZero();
    }

    @Test
    void the_more_events_the_longer_it_rests() {
        assertThat(PublisherPace.rest(Duration.ofMillis(5), 50, FULL)).isEqualTo(Duration.ofMillis(5));
        assertThat(PublisherPace.rest(Duration.ofMillis(5), 500, FULL)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void never_for_long() {
        assertThat(PublisherPace.rest(Duration.ofSeconds(9), FULL - 1, FULL)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void whoever_is_behind_does_not_rest() {
        assertThat(PublisherPace.rest(Duration.ofMillis(5), FULL, FULL)).isZero();
    }
}
