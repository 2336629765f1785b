package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstore.RangeProof;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A second version of a read model is built from the event store and then follows the stream, while events come in. */
@Execution(ExecutionMode.CONCURRENT)
class BuiltFromTheStoreTest {

    private final LiveStream stream = new LiveStream();

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void every_event_is_counted_once_whatever_comes_in_while_it_is_built() throws Exception {
        stream.publish();
        stream.append(5_000);
        stream.append(stream.streamIn(2), TestCodec.CONFIGURATION);
        Thread sending = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 100; i++) {
                stream.append(60);
            }
        });
        ProjectionRunner runner = build(flushing(700), Pace.UNBOUNDED, Milestones.NONE);
        sending.join();
        stream.append(60);
        stream.awaitCaughtUp();

        assertThat(stream.counts.counts()).isEqualTo(everything());
        // Each partition says so a moment after it has counted the last event.
        LiveStream.await(() -> runner.status().partitions().stream()
                .allMatch(partition -> partition.state() == PartitionStatus.State.RUNNING));
        assertThat(runner.status().partitions()).allMatch(partition -> partition.rangesFromStore() <= 1);
    }

    @Test
    void one_that_ends_at_random_moments_goes_on_where_it_was() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        stream.publish();
        stream.append(20_000);
        for (int time = 0; time < 6; time++) {
            ProjectionRunner runner = build(flushing(300), Pace.UNBOUNDED, Milestones.NONE);
            int handled = 1 + random.nextInt(4_000);
            long before = total();
            LiveStream.await(() -> total() >= Math.min(20_000, before + handled));
            runner.close();
        }
        stream.append(90);
        build(flushing(300), Pace.UNBOUNDED, Milestones.NONE);
        stream.awaitCaughtUp();

        assertThat(stream.counts.counts()).as("seed %s", seed).isEqualTo(stream.appended());
    }

    @Test
    void two_instances_share_the_building_and_the_one_that_stays_takes_it_over() {
        stream.publish();
        stream.append(8_000);
        ProjectionRunner first = build(flushing(200), slow(), Milestones.NONE);
        ProjectionRunner second = build(flushing(200), slow(), Milestones.NONE);
        LiveStream.await(() -> !first.status().partitions().isEmpty()
                && !second.status().partitions().isEmpty());
        first.close();
        stream.append(90);
        stream.awaitCaughtUp();

        assertThat(stream.counts.counts()).isEqualTo(stream.appended());
    }

    @Test
    void versions_share_no_partitions() {
        stream.publish();
        stream.append(300);
        ProjectionRunner live = stream.run(new CountingProjection(stream.counts));
        stream.awaitCaughtUp();
        ProjectionRunner other = build(RunnerSettings.defaults(), Pace.UNBOUNDED, Milestones.NONE);

        LiveStream.await(() -> other.status().partitions().size() == LiveStream.PARTITIONS);
        assertThat(live.status().partitions()).hasSize(LiveStream.PARTITIONS);
    }

    @Test
    void its_pace_is_asked_for_every_event() {
        AtomicLong asked = new AtomicLong();
        stream.publish();
        stream.append(2_500);
        build(RunnerSettings.defaults(), asked::addAndGet, Milestones.NONE);
        stream.awaitCaughtUp();

        assertThat(asked.get()).isGreaterThanOrEqualTo(2_500);
    }

    @Test
    void at_the_end_of_each_range_count_and_checksum_are_the_stores_own() {
        Map<Integer, Checkpoint> reached = new ConcurrentSkipListMap<>();
        stream.publishInBulk();
        while (stream.store.position().number() < Milestones.RANGE) {
            stream.append(20_000);
        }
        stream.append(50);
        build(RunnerSettings.defaults(), Pace.UNBOUNDED, reached::put);
        stream.awaitCaughtUp();

        assertThat(reached).hasSize(LiveStream.PARTITIONS);
        assertThat(reached.values())
                .allSatisfy(at -> assertThat(at.position().number()).isEqualTo(Milestones.RANGE));
        long incarnation = stream.store.position().incarnation();
        RangeProof proof =
                stream.store.prove(new Position(incarnation, 0), new Position(incarnation, Milestones.RANGE));
        assertThat(reached.values().stream().mapToLong(Checkpoint::handledCount).sum())
                .isEqualTo(proof.count());
        assertThat(reached.values().stream()
                        .mapToLong(Checkpoint::handledChecksum)
                        .sum())
                .isEqualTo(proof.checksum());
    }

    private Map<UUID, Long> everything() {
        Map<UUID, Long> expected = stream.appended();
        // Configuration is counted on each partition.
        expected.merge(stream.streamIn(2), LiveStream.PARTITIONS - 1L, Long::sum);
        return expected;
    }

    private long total() {
        CountingProjection reading = new CountingProjection(stream.counts);
        return IntStream.range(0, LiveStream.PARTITIONS)
                .mapToObj(reading::checkpoint)
                .mapToLong(checkpoint -> checkpoint == null ? 0 : checkpoint.handledCount())
                .sum();
    }

    private ProjectionRunner build(RunnerSettings settings, Pace pace, Milestones milestones) {
        return stream.run(
                new CountingProjection(stream.counts),
                new TestCodec(),
                settings,
                ModelVersion.whole(2, pace, milestones));
    }

    private static Pace slow() {
        Throttle slow = new Throttle();
        slow.set(20_000);
        return slow;
    }

    private static RunnerSettings flushing(int events) {
        return new RunnerSettings(null, events, Duration.ofMillis(100), Duration.ofSeconds(1), 1_000);
    }
}
