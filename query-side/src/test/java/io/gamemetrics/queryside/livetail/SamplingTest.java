package io.gamemetrics.queryside.livetail;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.projections.livetailstore.LiveEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SamplingTest {

    private static final long SEED = Long.getLong("seed", 4_711);

    private long number;

    @Test
    void events_that_fit_pass_at_once_and_none_is_left_out() {
        Sampling sampling = sampling(3);
        assertThat(passed(sampling.offer(events(0, 2)))).containsExactly(1L, 2L);
        assertThat(passed(sampling.offer(events(500, 1)))).containsExactly(3L);
        List<Sampling.Sampled> next = sampling.offer(events(1_000, 3));
        assertThat(passed(next)).containsExactly(4L, 5L, 6L);
        assertThat(next).allMatch(event -> event.leftOut() == 0);
        assertThat(sampling.isCollecting()).isFalse();
    }

    @Test
    void a_second_that_overflows_is_cut_off_and_the_next_is_collected_to_its_end() {
        Sampling sampling = sampling(3);
        assertThat(sampling.offer(events(0, 10))).hasSize(3);
        assertThat(sampling.offer(events(900, 5))).isEmpty();
        assertThat(sampling.offer(events(1_000, 4))).isEmpty();
        assertThat(sampling.offer(events(1_900, 4))).isEmpty();
        assertThat(sampling.isCollecting()).isTrue();
        assertThat(sampling.upTo(at(1_999))).isEmpty();
        List<Sampling.Sampled> second = sampling.upTo(at(2_000));
        assertThat(second).hasSize(3);
        assertThat(passed(second)).isSorted().allMatch(position -> position > 15 && position <= 23);
        assertThat(sampling.isCollecting()).isFalse();
    }

    @Test
    void a_collected_second_in_which_all_fit_loses_none_and_then_events_pass_at_once_again() {
        Sampling sampling = sampling(3);
        sampling.offer(events(0, 10));
        assertThat(sampling.offer(events(1_000, 2))).isEmpty();
        assertThat(passed(sampling.offer(events(2_000, 1)))).containsExactly(11L, 12L, 13L);
    }

    @Test
    void what_passes_and_what_is_left_out_are_all_there_was() {
        RandomGenerator random = new SplittableRandom(SEED);
        for (int round = 0; round < 200; round++) {
            number = 0;
            int most = 1 + random.nextInt(20);
            Sampling sampling = new Sampling(most, random);
            List<Sampling.Sampled> all = new ArrayList<>();
            long millis = 0;
            for (int i = 0; i < 50; i++) {
                millis += random.nextInt(700);
                all.addAll(sampling.offer(events(millis, random.nextInt(15))));
            }
            // Two seconds later one event ends whatever was collected, and passes.
            all.addAll(sampling.offer(events(millis + 2_000, 1)));
            long accounted =
                    all.stream().mapToLong(event -> 1 + event.leftOut()).sum();
            assertThat(accounted).as("seed=%s round=%s", SEED, round).isEqualTo(number);
            assertThat(passed(all)).isSorted().doesNotHaveDuplicates();
            all.stream()
                    .collect(java.util.stream.Collectors.groupingBy(
                            event -> event.event().storedAt().getEpochSecond(), java.util.stream.Collectors.counting()))
                    .values()
                    .forEach(count -> assertThat(count).isLessThanOrEqualTo(most));
        }
    }

    @Test
    void every_event_of_a_collected_second_has_the_same_chance() {
        int[] times = new int[40];
        int rounds = 4_000;
        RandomGenerator random = new SplittableRandom(SEED);
        for (int round = 0; round < rounds; round++) {
            number = 0;
            Sampling sampling = new Sampling(10, random);
            sampling.offer(events(0, 11));
            number = 0;
            for (int part = 0; part < 4; part++) {
                sampling.offer(events(1_000 + 200L * part, 10));
            }
            passed(sampling.upTo(at(2_000))).forEach(position -> times[(int) (position - 1)]++);
        }
        assertThat(chiSquare(times, rounds * 10.0 / 40)).as("seed=%s", SEED).isLessThan(73);
    }

    @Test
    void events_that_come_together_have_the_same_chance_from_the_first_second_on() {
        int[] times = new int[40];
        int rounds = 4_000;
        RandomGenerator random = new SplittableRandom(SEED);
        for (int round = 0; round < rounds; round++) {
            number = 0;
            passed(new Sampling(10, random).offer(events(0, 40))).forEach(position -> times[(int) (position - 1)]++);
        }
        assertThat(chiSquare(times, rounds * 10.0 / 40)).as("seed=%s", SEED).isLessThan(73);
    }

    /** With 39 degrees of freedom, 73 is passed by chance once in a thousand times. */
    private static double chiSquare(int[] times, double expected) {
        double sum = 0;
        for (int count : times) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    private static Sampling sampling(int most) {
        return new Sampling(most, new SplittableRandom(SEED));
    }

    private static List<Long> passed(List<Sampling.Sampled> events) {
        return events.stream().map(event -> event.event().position().number()).toList();
    }

    private List<LiveEvent> events(long millis, int count) {
        List<LiveEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new LiveEvent(
                    new Position(1, ++number),
                    "session_started",
                    null,
                    null,
                    at(millis),
                    at(millis),
                    null,
                    null,
                    null,
                    Map.of(),
                    Map.of()));
        }
        return events;
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(1_700_000_000_000L + millis);
    }
}
