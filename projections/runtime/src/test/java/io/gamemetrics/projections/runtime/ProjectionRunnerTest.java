package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstream.EventPublisher;
import io.gamemetrics.infrastructure.eventstream.StreamPartitions;
import io.gamemetrics.projections.runtime.Projection.Reads;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ProjectionRunnerTest {

    private final LiveStream stream = new LiveStream();

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void every_event_is_counted_once_and_the_position_follows_the_store() {
        stream.publish();
        ProjectionRunner runner = stream.run(counting());
        stream.append(500);
        stream.awaitCaughtUp();

        assertThat(stream.counts.counts()).isEqualTo(stream.appended());
        ProjectionStatus status = runner.status();
        assertThat(status.isHealthy()).isTrue();
        assertThat(status.partitions()).hasSize(3).allMatch(p -> p.state() == PartitionStatus.State.RUNNING);
        LiveStream.await(() -> runner.status()
                .lag(Clock.systemUTC())
                .filter(lag -> lag.compareTo(Duration.ofSeconds(10)) < 0)
                .isPresent());
        LiveStream.await(() -> sum(runner, PartitionStatus::handled) == 500);
    }

    @Test
    void the_position_of_a_partition_without_events_moves_too() {
        stream.publish();
        stream.run(counting());
        UUID only = stream.streamIn(1);
        for (int i = 0; i < 5; i++) {
            stream.append(only, TestCodec.COUNTED);
        }
        stream.awaitCaughtUp();

        assertThat(stream.counts.counts()).isEqualTo(Map.of(only, 5L));
    }

    @Test
    void a_runner_that_ends_at_random_moments_counts_exactly() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        stream.publish();
        for (int time = 0; time < 5; time++) {
            ProjectionRunner runner = stream.run(counting());
            long before = stream.counts.total();
            stream.append(400);
            long enough = before + random.nextInt(400);
            LiveStream.await(() -> stream.counts.total() >= enough);
            runner.close();
        }
        stream.run(counting());
        stream.awaitCaughtUp();

        assertThat(stream.counts.counts()).as("seed %s", seed).isEqualTo(stream.appended());
    }

    @Test
    void a_database_that_goes_away_before_or_after_a_commit_costs_nothing_and_repeats_nothing() {
        long seed = System.nanoTime();
        FlakyProjection projection = new FlakyProjection(stream.counts, seed);
        stream.publish();
        stream.run(projection, new TestCodec(), flushing(30));
        UUID poisoned = stream.streamIn(1);
        for (int time = 0; time < 10; time++) {
            stream.append(90);
            stream.append(poisoned, time == 4 ? TestCodec.FAILS_IN_HANDLER : TestCodec.COUNTED);
        }
        stream.awaitCaughtUp();

        assertThat(projection.failures()).as("seed %s", seed).isPositive();
        assertThat(stream.counts.counts().get(poisoned)).as("seed %s", seed).isEqualTo(5 * 6 + 4);
        assertOthersAreWhole(poisoned);
        assertThat(stream.counts.parked())
                .as("seed %s", seed)
                .isEqualTo(Map.of("handler.failed", 1L, "stream.waits", 5L * 6 + 5));
    }

    @Test
    void two_runners_that_come_and_go_count_exactly() {
        stream.publish();
        ProjectionRunner first = stream.run(counting());
        stream.append(300);
        ProjectionRunner second = stream.run(counting());
        LiveStream.await(() -> !second.status().partitions().isEmpty());
        stream.append(300);
        LiveStream.await(() -> !first.status().partitions().isEmpty());
        first.close();
        stream.append(300);
        ProjectionRunner third = stream.run(counting());
        LiveStream.await(() -> !third.status().partitions().isEmpty());
        second.close();
        stream.append(300);
        stream.awaitCaughtUp();

        assertThat(stream.counts.counts()).isEqualTo(stream.appended());
    }

    @Test
    void an_event_whose_handler_fails_is_parked_with_its_stream_and_all_others_go_on() {
        UUID poisoned = poisonedAmongOthers(TestCodec.FAILS_IN_HANDLER);

        assertThat(stream.counts.counts().get(poisoned)).isEqualTo(20);
        assertOthersAreWhole(poisoned);
        assertThat(stream.counts.parked()).isEqualTo(Map.of("handler.failed", 1L, "stream.waits", 20L));
    }

    @Test
    void an_event_the_database_refuses_is_found_by_halving() {
        UUID poisoned = poisonedAmongOthers(TestCodec.FAILS_IN_FLUSH);

        assertThat(stream.counts.counts().get(poisoned)).isEqualTo(20);
        assertOthersAreWhole(poisoned);
        assertThat(stream.counts.parked()).isEqualTo(Map.of("handler.failed", 1L, "stream.waits", 20L));
    }

    @Test
    void an_event_that_cannot_be_read_is_parked_with_its_stream() {
        UUID poisoned = poisonedAmongOthers(TestCodec.UNREADABLE);

        assertOthersAreWhole(poisoned);
        assertThat(stream.counts.parked()).isEqualTo(Map.of("payload.broken", 1L, "stream.waits", 20L));
    }

    @Test
    void a_stream_stays_quarantined_when_another_runner_takes_over() {
        UUID poisoned = stream.streamIn(0);
        stream.publish();
        ProjectionRunner first = stream.run(counting());
        stream.append(poisoned, TestCodec.UNREADABLE);
        stream.awaitCaughtUp();
        LiveStream.await(() -> first.status().quarantined() == 1);
        first.close();
        stream.run(counting());
        stream.append(poisoned, TestCodec.COUNTED);
        stream.awaitCaughtUp();

        assertThat(stream.counts.counts()).isEmpty();
        assertThat(stream.counts.parked()).isEqualTo(Map.of("payload.broken", 1L, "stream.waits", 1L));
    }

    @Test
    void streams_stay_quarantined_in_a_partition_that_moves_to_another_runner() {
        List<UUID> poisoned = IntStream.range(0, LiveStream.PARTITIONS)
                .mapToObj(stream::streamIn)
                .toList();
        stream.publish();
        ProjectionRunner first = stream.run(counting());
        poisoned.forEach(each -> stream.append(each, TestCodec.FAILS_IN_HANDLER));
        stream.append(150);
        ProjectionRunner second = stream.run(counting());
        LiveStream.await(() -> !second.status().partitions().isEmpty()
                && !first.status().partitions().isEmpty());
        stream.append(150);
        stream.awaitCaughtUp();

        assertThat(stream.counts.counts()).doesNotContainKeys(poisoned.toArray(UUID[]::new));
        assertOthersAreWhole(poisoned.toArray(UUID[]::new));
        assertThat(stream.counts.parked()).isEqualTo(Map.of("handler.failed", 3L, "stream.waits", 60L));
        LiveStream.await(() -> first.status().quarantined() + second.status().quarantined() == LiveStream.PARTITIONS);
    }

    @Test
    void a_partition_where_everything_fails_pauses_instead_of_parking_everybody() {
        stream.publish();
        RunnerSettings few = new RunnerSettings(null, 10_000, Duration.ofMillis(100), Duration.ofSeconds(1), 2);
        ProjectionRunner runner = stream.run(counting(), new TestCodec(), few);
        stream.streams.forEach(each -> stream.append(each, TestCodec.FAILS_IN_HANDLER));

        LiveStream.await(() -> isPaused(runner));
        assertThat(runner.status().isHealthy()).isFalse();
    }

    @Test
    void an_unknown_type_pauses_its_partition_until_a_newer_build_comes_and_holds_up_no_other() {
        UUID here = stream.streamIn(0);
        stream.publish();
        stream.append(30);
        stream.append(here, TestCodec.UNKNOWN);
        stream.append(30);
        ProjectionRunner old = stream.run(counting());
        LiveStream.await(() -> isPaused(old));
        LiveStream.await(() -> stream.appended().keySet().stream()
                .filter(each -> StreamPartitions.of(each, LiveStream.PARTITIONS) != 0)
                .allMatch(each -> stream.counts
                        .counts()
                        .getOrDefault(each, 0L)
                        .equals(stream.appended().get(each))));
        assertThat(stream.counts.counts().get(here)).isEqualTo(2);
        assertThat(stream.counts.parked()).isEmpty();
        old.close();
        stream.run(counting(), new TestCodec(true), RunnerSettings.defaults());
        stream.awaitCaughtUp();

        assertThat(stream.counts.counts()).isEqualTo(stream.appended());
    }

    @Test
    void events_of_erased_people_are_passed_over_and_counted_as_such() {
        stream.publish();
        ProjectionRunner runner = stream.run(counting());
        stream.append(15);
        stream.append(stream.streamIn(0), TestCodec.ERASED);
        stream.append(stream.streamIn(0), TestCodec.ERASED);
        stream.awaitCaughtUp();

        assertThat(stream.counts.total()).isEqualTo(15);
        LiveStream.await(() -> sum(runner, PartitionStatus::erased) == 2);
    }

    @Test
    void what_was_deleted_from_kafka_is_noticed_and_read_from_the_store() throws Exception {
        EventPublisher publisher = stream.publish();
        ProjectionRunner before = stream.run(counting());
        stream.append(200);
        stream.awaitCaughtUp();
        before.close();
        stream.append(300);
        stream.awaitPublished(publisher);
        stream.forgetKafka();
        ProjectionRunner runner = stream.run(counting());
        stream.append(100);
        stream.awaitCaughtUp();

        assertThat(stream.counts.counts()).isEqualTo(stream.appended());
        assertThat(sum(runner, PartitionStatus::rangesFromStore)).isPositive();
    }

    @Test
    void a_new_projection_reads_from_the_store_what_kafka_no_longer_has() throws Exception {
        EventPublisher publisher = stream.publish();
        stream.append(300);
        stream.append(stream.streamIn(2), TestCodec.CONFIGURATION);
        stream.awaitPublished(publisher);
        stream.forgetKafka();
        stream.run(counting());
        stream.append(45);
        stream.awaitCaughtUp();

        Map<UUID, Long> expected = stream.appended();
        expected.merge(stream.streamIn(2), 2L, Long::sum);
        assertThat(stream.counts.counts()).isEqualTo(expected);
    }

    @Test
    void a_projection_of_configuration_reads_it_on_one_partition_and_nothing_else() {
        stream.publish();
        ProjectionRunner runner = stream.run(new CountingProjection(stream.counts, Reads.CONFIGURATION));
        stream.append(60);
        stream.append(stream.streamIn(2), TestCodec.CONFIGURATION);
        stream.append(60);
        CountingProjection reading = counting();
        LiveStream.await(() -> {
            Checkpoint checkpoint = reading.checkpoint(0);
            return checkpoint != null && checkpoint.position().covers(stream.store.position());
        });

        assertThat(stream.counts.counts()).isEqualTo(Map.of(stream.streamIn(2), 1L));
        assertThat(runner.status().partitions()).hasSize(1);
    }

    @Test
    void a_restored_store_stops_every_partition_with_one_sentence() {
        stream.publish();
        ProjectionRunner before = stream.run(counting());
        stream.append(60);
        stream.awaitCaughtUp();
        before.close();
        stream.store.newIncarnation();
        ProjectionRunner runner = stream.run(counting());

        LiveStream.await(() -> runner.status().partitions().size() == 3
                && runner.status().partitions().stream().allMatch(p -> p.state() == PartitionStatus.State.PAUSED));
        assertThat(runner.status().partitions())
                .allSatisfy(p -> assertThat(p.problem()).contains("run `gamemetrics restore reconcile`"));
        assertThat(stream.counts.counts()).isEqualTo(stream.appended());
    }

    private UUID poisonedAmongOthers(int type) {
        UUID poisoned = stream.streamIn(1);
        stream.append(300);
        stream.append(poisoned, type);
        stream.append(300);
        stream.publish();
        stream.run(counting());
        stream.awaitCaughtUp();
        return poisoned;
    }

    private void assertOthersAreWhole(UUID... poisoned) {
        Map<UUID, Long> counts = stream.counts.counts();
        assertThat(stream.appended()).allSatisfy((each, appended) -> {
            if (!List.of(poisoned).contains(each)) {
                assertThat(counts.get(each)).isEqualTo(appended);
            }
        });
    }

    /** Over the partitions; a status says what was written a moment after readers see it. */
    private static long sum(ProjectionRunner runner, ToLongFunction<PartitionStatus> what) {
        return runner.status().partitions().stream().mapToLong(what).sum();
    }

    private static boolean isPaused(ProjectionRunner runner) {
        return runner.status().partitions().stream().anyMatch(p -> p.state() == PartitionStatus.State.PAUSED);
    }

    private CountingProjection counting() {
        return new CountingProjection(stream.counts);
    }

    private static RunnerSettings flushing(int events) {
        return new RunnerSettings(null, events, Duration.ofMillis(100), Duration.ofSeconds(1), 1_000);
    }
}
