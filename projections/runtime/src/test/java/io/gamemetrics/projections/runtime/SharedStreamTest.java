package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstream.StreamPartitions;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several projections of one process on a real Kafka. */
@Execution(ExecutionMode.CONCURRENT)
class SharedStreamTest {

    private final LiveStream stream = new LiveStream();
    private final List<RecordingProjection> projections = new ArrayList<>();
    private final List<ProjectionRunner> runners = new ArrayList<>();

    /** Of those that are closed. */
    private long rangesFromStore;

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void who_is_at_the_head_is_given_what_is_read_once_and_nothing_is_read_from_the_store_for_it() throws Exception {
        stream.publish();
        stream.append(300);
        SharedStream shared = stream.share();
        start(shared, 4);
        awaitSharing(shared, 4);
        LiveStream.Sending sending = stream.sendSteadily();
        LiveStream.await(() -> projections.getFirst().positions(0).size() > 300);
        awaitSharing(shared, 4);
        sending.stop();

        assertAllAreWhole();
        assertNothingCameFromTheStore();
    }

    @Test
    void the_slow_who_come_and_go_and_fail_are_given_everything_once_while_the_shared_reading_comes_and_goes()
            throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        stream.publish();
        SharedStream shared = stream.share();
        RunnerSettings few = new RunnerSettings(null, 20, Duration.ofMillis(100), Duration.ofSeconds(1), 1_000);
        AtomicBoolean isSlow = new AtomicBoolean(true);
        for (int i = 0; i < 3; i++) {
            Random own = new Random(random.nextLong());
            start(shared, few, RecordingProjection.slow("recording-" + i, own, 1 + 150 * i, isSlow::get));
        }
        LiveStream.Sending sending = stream.sendSteadily();
        for (int time = 0; time < 6; time++) {
            int which = random.nextInt(3);
            int more = projections.get(which).positions(0).size() + random.nextInt(60);
            LiveStream.await(() -> projections.get(which).positions(0).size() >= more);
            rangesFromStore += rangesFromStore(runners.get(which));
            runners.get(which).close();
            runners.set(which, stream.run(projections.get(which), few, shared));
            if (time == 3) {
                shared.close();
                shared = stream.share();
            }
        }
        sending.stop();
        isSlow.set(false);

        assertAllAreWhole("seed " + seed);
        assertNothingCameFromTheStore();
    }

    @Test
    void a_projection_of_which_another_process_takes_partitions_leaves_the_others_together() throws Exception {
        stream.publish();
        SharedStream shared = stream.share();
        start(shared, 3);
        awaitSharing(shared, 3);
        LiveStream.Sending sending = stream.sendSteadily();
        ProjectionRunner elsewhere = stream.run(projections.getFirst());
        LiveStream.await(() -> elsewhere.status().partitions().size() == 1);
        int moved = elsewhere.status().partitions().getFirst().partition();
        int before = projections.getFirst().positions(moved).size();
        LiveStream.await(() -> projections.getFirst().positions(moved).size() > before + 50);
        LiveStream.await(() -> shared.sharing() >= 2L * LiveStream.PARTITIONS);
        elsewhere.close();
        awaitSharing(shared, 3);
        sending.stop();

        assertAllAreWhole();
        assertNothingCameFromTheStore();
    }

    @Test
    void a_projection_that_begins_anew_reads_by_itself_until_it_has_caught_up() throws Exception {
        stream.publish();
        SharedStream shared = stream.share();
        start(shared, 2);
        awaitSharing(shared, 2);
        LiveStream.Sending sending = stream.sendSteadily();
        LiveStream.await(() -> projections.getFirst().positions(0).size() > 100);
        // Its next commit finds that the checkpoint moved, and it begins again from what is there: nothing.
        projections.getFirst().forgetEverything();
        LiveStream.await(() -> projections.getFirst().positions(0).size() > 200);
        awaitSharing(shared, 2);
        sending.stop();

        assertAllAreWhole();
        assertNothingCameFromTheStore();
    }

    @Test
    void when_the_shared_reading_ends_each_goes_on_by_itself_and_nobody_is_unwell() throws Exception {
        stream.publish();
        SharedStream shared = stream.share();
        start(shared, 3);
        awaitSharing(shared, 3);
        LiveStream.Sending sending = stream.sendSteadily();
        shared.close();
        assertThat(shared.sharing()).isZero();
        int before = projections.getFirst().positions(0).size();
        LiveStream.await(() -> projections.getFirst().positions(0).size() > before + 50);
        sending.stop();

        assertAllAreWhole();
        assertNothingCameFromTheStore();
        assertThat(runners).allMatch(runner -> runner.status().isHealthy());
    }

    @Test
    void a_projection_that_begins_on_a_stream_of_another_store_stops_and_no_other() {
        stream.publish();
        SharedStream shared = stream.share();
        start(shared, 2);
        awaitSharing(shared, 2);
        runners.getFirst().close();
        stream.store.newIncarnation();
        runners.set(0, stream.run(projections.getFirst(), RunnerSettings.defaults(), shared));

        LiveStream.await(() -> runners.getFirst().status().partitions().size() == LiveStream.PARTITIONS
                && runners.getFirst().status().partitions().stream()
                        .allMatch(p -> p.state() == PartitionStatus.State.PAUSED));
        assertThat(runners.getFirst().status().partitions())
                .allSatisfy(p -> assertThat(p.problem()).contains("Projection recording-0 stopped"));
        assertThat(runners.getLast().status().isHealthy()).isTrue();
    }

    private void start(SharedStream shared, int count) {
        for (int i = 0; i < count; i++) {
            start(shared, RunnerSettings.defaults(), new RecordingProjection("recording-" + i));
        }
    }

    private void start(SharedStream shared, RunnerSettings settings, RecordingProjection projection) {
        projections.add(projection);
        runners.add(stream.run(projection, settings, shared));
    }

    private static void awaitSharing(SharedStream shared, int count) {
        LiveStream.await(() -> shared.sharing() == (long) count * LiveStream.PARTITIONS);
    }

    private void assertAllAreWhole() {
        assertAllAreWhole("no seed");
    }

    private void assertAllAreWhole(String seed) {
        Position head = stream.store.position();
        for (RecordingProjection projection : projections) {
            for (int partition = 0; partition < LiveStream.PARTITIONS; partition++) {
                List<Position> expected = stored(partition, head);
                int here = partition;
                LiveStream.await(() -> projection.positions(here).size() >= expected.size());
                assertThat(projection.positions(partition))
                        .as("%s, %s, partition %s", seed, projection.name(), partition)
                        .isEqualTo(expected);
            }
        }
    }

    private List<Position> stored(int partition, Position head) {
        return stream.store.read(new Position(head.incarnation(), 0), Integer.MAX_VALUE).stream()
                .filter(event -> StreamPartitions.of(event.stream(), LiveStream.PARTITIONS) == partition)
                .map(event -> event.position())
                .toList();
    }

    private static long rangesFromStore(ProjectionRunner runner) {
        return runner.status().partitions().stream()
                .mapToLong(PartitionStatus::rangesFromStore)
                .sum();
    }

    private void assertNothingCameFromTheStore() {
        assertThat(rangesFromStore).isZero();
        assertThat(runners)
                .allSatisfy(runner -> assertThat(rangesFromStore(runner)).isZero());
    }
}
