package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FlushPaceTest {

    @Test
    void a_flush_is_followed_by_twice_its_time_but_not_for_long() {
        assertThat(FlushPace.rest(Duration.ofMillis(5).toNanos(), 1))
                .isEqualTo(Duration.ofMillis(10).toNanos());
        assertThat(FlushPace.rest(Duration.ofSeconds(9).toNanos(), 10_000))
                .isEqualTo(Duration.ofMillis(700).toNanos());
    }

    @Test
    void the_more_events_the_more_often_its_time() {
        assertThat(FlushPace.rest(Duration.ofMillis(20).toNanos(), 250))
                .isEqualTo(Duration.ofMillis(240).toNanos());
    }

    @Test
    void few_events_wait_for_less_long_whatever_a_flush_takes() {
        assertThat(FlushPace.rest(Duration.ofSeconds(9).toNanos(), 20))
                .isEqualTo(Duration.ofMillis(200).toNanos());
        assertThat(FlushPace.rest(Duration.ofSeconds(9).toNanos(), 300))
                .isEqualTo(Duration.ofMillis(300).toNanos());
    }

    @Test
    void a_flush_without_events_is_followed_by_none() {
        assertThat(FlushPace.rest(Duration.ofMillis(5).toNanos(), 0)).isZero();
    }

    @Test
    void it_rests_once() {
        FlushPace pace = new FlushPace();
        pace.flushed(System.nanoTime() - Duration.ofMillis(1).toNanos(), 1);

        assertThat(pace.takeRest()).isGreaterThanOrEqualTo(Duration.ofMillis(2).toNanos());
        assertThat(pace.takeRest()).isZero();
    }

    @Test
    void enough_events_end_the_rest_and_so_does_the_end() throws Exception {
        long begun = System.nanoTime();
        Inbox full = new Inbox(10);
        full.want(0);
        full.leave(InboxTest.stretch(0, 2), true);
        full.gather(2, Duration.ofMinutes(1).toNanos());
        Inbox closed = new Inbox(10);
        closed.close();
        closed.gather(2, Duration.ofMinutes(1).toNanos());

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
        assertThat(full.take(10, 0)).as("all that gathered").hasSize(2);
    }

    @Test
    void a_few_events_wait_until_the_rest_is_over() throws Exception {
        Inbox inbox = new Inbox(10);
        inbox.want(0);
        inbox.leave(InboxTest.stretch(0, 1), true);
        long begun = System.nanoTime();

        inbox.gather(2, Duration.ofMillis(40).toNanos());

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(40));
        assertThat(inbox.take(10, 0)).hasSize(1);
    }
}
