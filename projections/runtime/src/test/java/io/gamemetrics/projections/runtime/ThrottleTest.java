package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final long MILLI = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService partitions = Executors.newFixedThreadPool(2);
    private final Throttle throttle = new Throttle();

    @AfterEach
    void stop() {
        partitions.shutdownNow();
    }

    @Test
    void as_many_events_a_second_as_allowed_whatever_reading_takes() throws Exception {
        AtomicLong clock = new AtomicLong();
        Throttle paced = new Throttle(clock::get, millis -> clock.addAndGet(millis * MILLI));
        paced.set(1_000);
        for (int page = 0; page < 100; page++) {
            clock.addAndGet(40 * MILLI * (page % 3));
            paced.await(100);
        }

        assertThat(clock.get() / MILLI).isBetween(9_990L, 10_200L);
    }

    @Test
    void after_a_pause_it_rushes_through_a_second_at_most() throws Exception {
        AtomicLong clock = new AtomicLong();
        Throttle paced = new Throttle(clock::get, millis -> clock.addAndGet(millis * MILLI));
        paced.set(1_000);
        clock.addAndGet(60_000 * MILLI);
        for (int page = 0; page < 30; page++) {
            paced.await(100);
        }

        assertThat(clock.get() / MILLI - 60_000).isBetween(1_990L, 2_200L);
    }

    @Test
    void a_limit_that_is_lifted_takes_effect_at_once() throws Exception {
        AtomicLong clock = new AtomicLong();
        Throttle[] paced = new Throttle[1];
        paced[0] = new Throttle(clock::get, millis -> {
            clock.addAndGet(millis * MILLI);
            paced[0].set(Double.POSITIVE_INFINITY);
        });
        paced[0].set(1);
        paced[0].await(1_000);

        assertThat(clock.get() / MILLI).isLessThanOrEqualTo(100);
    }

    @Test
    void of_who_goes_slowly_one_partition_writes_at_a_time() throws Exception {
        throttle.set(1_000);

        assertThat(meet(Duration.ofMillis(200))).as("both wrote at once").isFalse();
    }

    @Test
    void of_who_goes_as_fast_as_it_can_all_write_at_once() throws Exception {
        assertThat(meet(PATIENCE)).isTrue();
    }

    @Test
    void a_write_that_fails_takes_no_turn_from_the_next() throws Exception {
        throttle.set(1_000);
        Future<?> failed = partitions.submit(() -> throttle.inTurn(() -> {
            throw new IllegalStateException("no database");
        }));
        assertThat(failed).failsWithin(10, TimeUnit.SECONDS);

        assertThat(partitions.submit(() -> throttle.inTurn(() -> {}))).succeedsWithin(10, TimeUnit.SECONDS);
    }

    /** Whether two partitions that write at once find each other writing. */
    private boolean meet(Duration patience) throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Future<Boolean> one = partitions.submit(() -> write(both, patience));
        Future<Boolean> other = partitions.submit(() -> write(both, patience));
        return one.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)
                && other.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private boolean write(CyclicBarrier both, Duration patience) {
        boolean[] met = new boolean[1];
        throttle.inTurn(() -> met[0] = waits(both, patience));
        return met[0];
    }

    private static boolean waits(CyclicBarrier both, Duration patience) {
        try {
            both.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | BrokenBarrierException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
