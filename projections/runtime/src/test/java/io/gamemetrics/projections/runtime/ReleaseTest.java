package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstream.StreamPartitions;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Streams that wait are released on an operator's word: every event takes effect once, in its stream's order. */
@Execution(ExecutionMode.CONCURRENT)
class ReleaseTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final LiveStream stream = new LiveStream();
    private final UUID poisoned = stream.streamIn(1);

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void a_mended_handler_applies_what_waited_and_what_comes_later_in_order() {
        poison().close();
        ProjectionRunner mended = run(TestCodec.mended());
        stream.append(30);
        Released released = release(mended, null);
        stream.append(30);
        stream.awaitCaughtUp();

        assertThat(released.stopped()).isNull();
        assertThat(stream.counts.counts()).isEqualTo(stream.appended());
        assertThat(stream.counts.parked()).isEmpty();
        LiveStream.await(() -> mended.status().quarantined() == 0);
        assertThat(stream.counts.disorder()).isZero();
    }

    @Test
    void the_checkpoint_and_its_proof_do_not_move_with_a_release() {
        ProjectionRunner broken = poison();
        broken.close();
        CountingProjection reading = new CountingProjection(stream.counts);
        long handled = checkpoint(reading).handledCount();
        long checksum = checkpoint(reading).handledChecksum();
        release(run(TestCodec.mended()), null);

        assertThat(checkpoint(reading).handledCount()).isEqualTo(handled);
        assertThat(checkpoint(reading).handledChecksum()).isEqualTo(checksum);
        assertThat(stream.counts.counts()).isEqualTo(stream.appended());
    }

    @Test
    void what_fails_again_stays_first_and_nothing_behind_it_is_lost() {
        ProjectionRunner runner = poison();
        Released released = release(runner, null);

        assertThat(released.applied()).isZero();
        assertThat(causeOf(released)).isEqualTo("handler.failed");
        assertThat(stream.counts.parked()).isEqualTo(Map.of("handler.failed", 1L, "stream.waits", 3L));
        assertThat(runner.status().quarantined()).isEqualTo(1);
    }

    @Test
    void a_skipped_event_is_passed_over_and_the_next_that_fails_is_what_the_others_wait_for() {
        ProjectionRunner runner = poison();
        stream.append(poisoned, TestCodec.FAILS_IN_FLUSH);
        stream.append(poisoned, TestCodec.COUNTED);
        stream.awaitCaughtUp();
        Position first = first(runner);
        Released released = release(runner, first);

        assertThat(released.skipped()).isEqualTo(1);
        assertThat(released.applied()).isEqualTo(3);
        assertThat(causeOf(released)).isEqualTo("handler.failed");
        assertThat(stream.counts.parked()).isEqualTo(Map.of("handler.failed", 1L, "stream.waits", 1L));
        Released again = release(runner, first);
        assertThat(again.skipped()).as("a skip is of one event").isZero();

        assertThat(release(runner, first(runner)).stopped()).isNull();
        assertThat(stream.counts.counts().get(poisoned))
                .isEqualTo(stream.appended().getOrDefault(poisoned, 0L) - 2);
        assertThat(stream.counts.parked()).isEmpty();
    }

    @Test
    void events_whose_key_is_gone_pass() {
        ProjectionRunner runner = poison();
        runner.close();
        Released released = release(run(TestCodec.forgetting()), null);

        assertThat(released.stopped()).isNull();
        assertThat(stream.counts.parked()).isEmpty();
        assertThat(stream.counts.counts().get(poisoned)).isEqualTo(2);
    }

    @Test
    void a_type_this_build_does_not_know_stays_parked_and_says_so() {
        ProjectionRunner runner = poison();
        runner.close();
        stream.append(poisoned, TestCodec.UNKNOWN);
        ProjectionRunner newer = run(new TestCodec(true));
        stream.awaitCaughtUp();
        newer.close();
        ProjectionRunner older = run(new TestCodec());
        Released released = release(older, first(older));

        assertThat(causeOf(released)).isEqualTo("type.unknown");
        assertThat(stream.counts.parked()).isEqualTo(Map.of("type.unknown", 1L));
    }

    @Test
    void whatever_is_killed_before_or_after_a_commit_each_event_counts_once() {
        poison().close();
        for (int i = 0; i < 40; i++) {
            stream.append(poisoned, i % 5 == 4 ? TestCodec.FAILS_IN_HANDLER : TestCodec.COUNTED);
        }
        ProjectionRunner broken = run(new TestCodec());
        stream.awaitCaughtUp();
        broken.close();
        long seed = System.nanoTime();
        FlakyProjection flaky = new FlakyProjection(stream.counts, seed);
        ProjectionRunner runner = stream.run(flaky, TestCodec.mended(), RunnerSettings.defaults());
        stream.append(60);
        release(runner, null);
        stream.awaitCaughtUp();

        assertThat(stream.counts.counts()).as("seed %s", seed).isEqualTo(stream.appended());
        assertThat(stream.counts.parked()).as("seed %s", seed).isEmpty();
    }

    @Test
    void a_release_that_ended_half_way_goes_on_by_itself() {
        poison().close();
        // As it is when the first of a release's pages was written and then the process was killed.
        stream.counts.execute("DELETE FROM counting.parked WHERE cause = 'handler.failed'");
        run(new TestCodec());
        LiveStream.await(() -> stream.counts.parked().isEmpty());

        assertThat(stream.counts.counts().get(poisoned))
                .isEqualTo(stream.appended().getOrDefault(poisoned, 0L) - 1);
    }

    @Test
    void two_instances_that_both_think_a_partition_is_theirs_release_once() {
        ProjectionRunner runner = poison();
        runner.close();
        CountingProjection projection = new CountingProjection(stream.counts);
        EventReader events =
                new EventReader(TestCodec.mended(), LiveStream::isConfiguration, projection, event -> true);
        Release wish = new Release(7, ORDER, 1, poisoned, null);
        Projection late = new StaleProjection(stream.counts, projection.parked(1, poisoned, 9));
        new StreamRelease(projection, 1, stream.store, events).run(wish, checkpoint(projection), MINUTE);

        assertThatThrownBy(() ->
                        new StreamRelease(late, 1, stream.store, events).run(wish, checkpoint(projection), MINUTE))
                .isInstanceOf(CheckpointMovedException.class);
        assertThat(stream.counts.counts()).isEqualTo(stream.appended());
    }

    @Test
    void a_partition_that_stopped_because_too_many_waited_goes_on_after_a_release() {
        List<UUID> here = stream.streams.stream()
                .filter(each -> StreamPartitions.of(each, LiveStream.PARTITIONS) == 1)
                .limit(3)
                .toList();
        assertThat(here).hasSize(3);
        stream.publish();
        RunnerSettings few = new RunnerSettings(null, 10_000, Duration.ofMillis(100), Duration.ofSeconds(1), 2);
        ProjectionRunner runner = stream.run(new CountingProjection(stream.counts), new TestCodec(), few);
        here.forEach(each -> stream.append(each, TestCodec.FAILS_IN_HANDLER));
        LiveStream.await(() -> partition(runner).state() == PartitionStatus.State.PAUSED
                && partition(runner).quarantined() == 2);
        for (HeldStream each : List.copyOf(quarantine(runner).held())) {
            Position first = each.stream().first().position();
            want(runner, new Release(7, ORDER, 1, each.stream().stream(), first));
        }

        LiveStream.await(() -> partition(runner).state() == PartitionStatus.State.RUNNING
                && partition(runner).quarantined() == 1);
        stream.append(15);
        stream.awaitCaughtUp();
    }

    /** Counts some, then one that can't be applied, then three that wait. */
    private ProjectionRunner poison() {
        stream.publish();
        stream.append(30);
        stream.append(poisoned, TestCodec.FAILS_IN_HANDLER);
        for (int i = 0; i < 3; i++) {
            stream.append(poisoned, TestCodec.COUNTED);
        }
        ProjectionRunner runner = run(new TestCodec());
        stream.awaitCaughtUp();
        LiveStream.await(() -> runner.status().quarantined() == 1);
        return runner;
    }

    private ProjectionRunner run(EventCodec codec) {
        return stream.run(new CountingProjection(stream.counts), codec, RunnerSettings.defaults());
    }

    private Released release(ProjectionRunner runner, @Nullable Position skip) {
        Release wish = new Release(System.nanoTime(), ORDER, 1, poisoned, skip);
        List<Released> outcome = new ArrayList<>();
        LiveStream.await(() -> {
            Quarantine quarantine = runner.quarantine().get(1);
            if (quarantine == null) {
                return false;
            }
            quarantine.want(wish);
            Released released = quarantine.done().get(wish);
            if (released != null) {
                outcome.add(released);
            }
            return released != null;
        });
        return outcome.getFirst();
    }

    private void want(ProjectionRunner runner, Release wish) {
        quarantine(runner).want(wish);
    }

    private Position first(ProjectionRunner runner) {
        LiveStream.await(() ->
                runner.quarantine().containsKey(1) && !quarantine(runner).held().isEmpty());
        return quarantine(runner).held().getFirst().stream().first().position();
    }

    private static Quarantine quarantine(ProjectionRunner runner) {
        return Objects.requireNonNull(runner.quarantine().get(1));
    }

    private static String causeOf(Released released) {
        return Objects.requireNonNull(released.stopped()).cause();
    }

    private static Checkpoint checkpoint(Projection projection) {
        return Objects.requireNonNull(projection.checkpoint(1));
    }

    private static PartitionStatus partition(ProjectionRunner runner) {
        return runner.status().partitions().stream()
                .filter(each -> each.partition() == 1)
                .findFirst()
                .orElse(new PartitionStatus(1, PartitionStatus.State.STARTING, null, null, 0, 0, 0, 0, 0, null));
    }

    /** As an instance sees it that read what is parked before another released it. */
    private static final class StaleProjection extends CountingProjection {

        private final List<ParkedEvent> seen;

        StaleProjection(CountingStore store, List<ParkedEvent> seen) {
            super(store);
            this.seen = seen;
        }

        @Override
        public List<ParkedEvent> parked(int partition, UUID stream, int most) {
            return seen;
        }
    }
}
