package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.replays.Comparison;
import io.gamemetrics.infrastructure.replays.Comparison.State;
import io.gamemetrics.infrastructure.replays.Difference;
import io.gamemetrics.infrastructure.replays.Hold;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.Replay.Phase;
import io.gamemetrics.infrastructure.replays.ReplayAction;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.infrastructure.replays.ReplayRefused;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.ReplayWish.SwitchWhen;
import io.gamemetrics.infrastructure.replays.Replays;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Old and new are held against each other while events come in, and nobody who reads has to wait. */
@Execution(ExecutionMode.CONCURRENT)
class ComparingTest {

    private static final long PLENTY = Long.MAX_VALUE;

    private final LiveStream stream = new LiveStream();
    private final VersionedCounting counting = new VersionedCounting(stream);
    private final ReplayControl control = counting.control("test");

    @BeforeEach
    void publish() {
        control.versions().register(new KnownProjection("counting", LiveStream.PARTITIONS, true, 1));
        stream.publish();
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void two_that_are_the_same_are_found_to_be_while_events_come_in(boolean isOfOneMoment) throws Exception {
        counting.isOfOneMoment = isOfOneMoment;
        stream.append(600);
        supervise(counting);
        Replay replay = following(SwitchWhen.MANUAL);
        LiveStream.Sending sending = stream.sendSteadily();
        List<Comparison> made = List.of(compare(replay), compare(replay), compare(replay));
        sending.stop();

        assertThat(made).allSatisfy(each -> assertThat(each)
                .extracting(Comparison::state, Comparison::differences, Comparison::problem)
                .containsExactly(State.DONE, 0L, null));
        assertThat(made).allMatch(each -> each.cells() >= 2);
        awaitCounted(1);
        awaitCounted(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_not_the_same_is_named_with_events_it_was_made_of(boolean isOfOneMoment) {
        counting.isOfOneMoment = isOfOneMoment;
        stream.append(300);
        supervise(counting);
        Replay replay = following(SwitchWhen.MANUAL);
        awaitCounted(2);
        UUID wrong = stream.streams.getFirst();
        stream.counts.execute("UPDATE counting_v2.counted SET events = events + 1 WHERE stream = '" + wrong + "'");
        Comparison made = compare(replay);

        assertThat(made.differences()).isEqualTo(1);
        Difference difference = control.comparisons().differences(made).getFirst();
        assertThat(difference.section()).isEqualTo("counts");
        assertThat(difference.game()).isEqualTo(LiveStream.gameOf(wrong));
        assertThat(difference.positions()).isNotEmpty();
        assertThat(difference.positions()).allSatisfy(position -> {
            Position at = Position.parse(position);
            assertThat(stream.store.read(new Position(at.incarnation(), at.number() - 1), 1).getFirst().stream())
                    .isEqualTo(wrong);
        });
    }

    @Test
    void after_a_switch_the_version_nobody_reads_is_the_one_that_waits() {
        stream.append(300);
        supervise(counting);
        Replay replay = following(SwitchWhen.MANUAL);
        LiveStream.await(() -> isSwitched(replay));
        stream.append(300);

        assertThat(compare(replay).foundThemIdentical()).isTrue();
    }

    @Test
    void the_version_that_waited_goes_on_afterwards() {
        stream.append(300);
        supervise(counting);
        Replay replay = following(SwitchWhen.MANUAL);
        compare(replay);
        stream.append(300);

        awaitCounted(2);
    }

    @Test
    void one_who_compares_and_dies_holds_nobody_for_long_and_another_takes_it_over() {
        stream.append(300);
        Replay replay = following(counting, SwitchWhen.MANUAL);
        long wanted = control.comparisons().want(replay.id(), "ada").id();
        control.comparisons().take(replay.id(), "dead");
        control.comparisons().hold(wanted, "dead", new Hold(Map.of()));
        stream.counts.execute("UPDATE replays.comparison SET told_at = told_at - interval '1 minute'");

        LiveStream.await(() -> latest(replay).state() == State.DONE);
        assertThat(latest(replay).differences()).isZero();
    }

    @Test
    void a_version_that_waits_and_is_given_to_readers_goes_on() {
        stream.append(300);
        Replay replay = following(counting, SwitchWhen.MANUAL);
        LiveStream.await(() ->
                control.proofs().tally("counting", 2, LiveStream.PARTITIONS).provesAll());
        long wanted = control.comparisons().want(replay.id(), "ada").id();
        control.comparisons().take(replay.id(), "dead");
        control.comparisons().hold(wanted, "dead", new Hold(Map.of()));
        long before = handled(2);
        stream.append(90);
        LiveStream.await(() -> handled(1) == before + 90);
        LiveStream.await(() -> isSwitched(replay));
        control.replays().drop(replay.id(), "ada");
        stream.append(60);

        awaitCounted(2);
        assertThat(latest(replay).state()).isEqualTo(State.FAILED);
    }

    private long handled(int version) {
        return control.progress().of("counting", version).partitions().stream()
                .mapToLong(partition -> partition.handled())
                .sum();
    }

    @Test
    void what_can_not_be_read_fails_and_says_so_and_holds_nobody() {
        VersionedCounting broken = new VersionedCounting(stream) {
            @Override
            public Contents contents(int number, Set<Integer> types) {
                throw new IllegalStateException("no such table");
            }
        };
        stream.append(300);
        Replay replay = following(broken, SwitchWhen.MANUAL);
        Comparison made = compare(replay);

        assertThat(made.state()).isEqualTo(State.FAILED);
        assertThat(made.problem()).isEqualTo("The two versions could not be read: IllegalStateException.");
        stream.append(300);
        awaitCounted(2);
    }

    @Test
    void readers_are_given_a_version_that_is_identical_without_anybody_asking() {
        stream.append(300);
        supervise(counting);
        Replay replay = start(SwitchWhen.WHEN_IDENTICAL);

        LiveStream.await(() -> phase(replay) == Phase.SWITCHED);
        assertThat(control.versions().active("counting")).hasValue(2);
        assertThat(control.replays().actions(replay.id()))
                .filteredOn(action -> action.actor().equals(Replays.PLATFORM))
                .extracting(ReplayAction::action)
                .containsExactly("caught-up", "compare", "switch");
    }

    @Test
    void readers_are_not_given_one_that_differs_until_an_operator_says_so() {
        VersionedCounting older = new VersionedCounting(stream);
        supervise(older).close();
        stream.append(300);
        VersionedCounting newer = new VersionedCounting(stream, List.of(1, 2));
        supervise(newer);
        Replay replay = start(SwitchWhen.WHEN_IDENTICAL);
        LiveStream.await(() -> control.comparisons()
                .latest(replay.id())
                .filter(made -> made.state() == State.DONE)
                .isPresent());

        assertThat(latest(replay).differences()).isPositive();
        assertThat(phase(replay)).isEqualTo(Phase.FOLLOWING);
        assertThat(control.versions().active("counting")).hasValue(1);
        LiveStream.await(() -> isSwitched(replay));
        assertThat(control.versions().active("counting")).hasValue(2);
    }

    private boolean isSwitched(Replay replay) {
        try {
            return control.replays().switchOver(replay.id(), "ada").phase() == Phase.SWITCHED;
        } catch (ReplayRefused e) {
            return false;
        }
    }

    private Comparison compare(Replay replay) {
        long wanted = control.comparisons().want(replay.id(), "ada").id();
        LiveStream.await(() -> latest(replay).id() == wanted && latest(replay).endedAt() != null);
        return latest(replay);
    }

    private Comparison latest(Replay replay) {
        return control.comparisons().latest(replay.id()).orElseThrow();
    }

    private Phase phase(Replay replay) {
        return control.replays().find(replay.id()).orElseThrow().phase();
    }

    private ProjectionSupervisor supervise(VersionedCounting projection) {
        ProjectionSupervisor supervisor = stream.start(projection.supervise("one", PLENTY));
        LiveStream.await(() -> control.progress().of("counting", 1).partitions().size() == LiveStream.PARTITIONS);
        return supervisor;
    }

    private Replay following(VersionedCounting projection, SwitchWhen when) {
        supervise(projection);
        return following(when);
    }

    private Replay following(SwitchWhen when) {
        Replay replay = start(when);
        LiveStream.await(() -> phase(replay) == Phase.FOLLOWING);
        return replay;
    }

    private Replay start(SwitchWhen when) {
        return control.replays().start("counting", new ReplayWish(null, when, null, null, ReplayPart.whole()), "ada");
    }

    private void awaitCounted(int version) {
        try (CountingStore store = counting.store(version)) {
            LiveStream.await(() -> store.counts().equals(stream.appended()));
        }
    }
}
