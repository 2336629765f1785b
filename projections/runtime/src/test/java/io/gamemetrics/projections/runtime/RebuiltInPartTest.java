package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.PartitionProgress;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.Replay.Phase;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.ReplayWish.SwitchWhen;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Some games are rebuilt, all others are as the live version has them, whatever comes in meanwhile. */
@Execution(ExecutionMode.CONCURRENT)
class RebuiltInPartTest {

    private static final int WRONG = 1_000;

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

    @Test
    void a_game_that_is_rebuilt_is_right_again_and_the_others_are_as_they_were() throws Exception {
        supervise();
        stream.append(600);
        stream.awaitCaughtUp();
        makeAllWrong();
        LiveStream.Sending sending = stream.sendSteadily();
        int game = gameOfOneStream();
        Replay replay = start(new ReplayPart(Set.of(game), null, null, Set.of()));
        await(replay, Phase.FOLLOWING);
        sending.stop();
        assertThat(stream.appended().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as("a trickle is not waited for until it fills a batch")
                .isLessThan(20_000);

        awaitCounted(Set.of(game));
    }

    @Test
    void trouble_that_passes_is_waited_out_and_what_is_broken_off_is_not_taken_twice() {
        supervise();
        stream.append(300);
        stream.awaitCaughtUp();
        counting.failsOnce.set(true);
        Replay replay = start(new ReplayPart(Set.of(gameOfOneStream()), null, null, Set.of()));
        await(replay, Phase.FOLLOWING);
        stream.append(60);

        awaitCounted(Set.of(1, 2, 3));
    }

    @Test
    void taking_over_ends_soon_after_the_replay_is_cancelled_and_the_next_one_can_begin() throws Exception {
        counting.takesForEver = true;
        supervise();
        stream.append(300);
        stream.awaitCaughtUp();
        ReplayPart part = new ReplayPart(Set.of(gameOfOneStream()), null, null, Set.of());
        Replay cancelled = start(part);
        assertThat(counting.begun.await(20, TimeUnit.SECONDS)).isTrue();
        control.replays().cancel(cancelled.id(), "ada");

        assertThat(counting.brokenOff.await(20, TimeUnit.SECONDS)).isTrue();
        counting.takesForEver = false;
        Replay next = start(part);
        await(next, Phase.FOLLOWING);
        assertThat(control.replays().find(cancelled.id()).orElseThrow().phase()).isEqualTo(Phase.CANCELLED);
    }

    @Test
    void games_are_found_by_when_their_events_were_stored() {
        supervise();
        UUID early = stream.streams.getFirst();
        stream.append(early, TestCodec.COUNTED);
        Instant after = Instant.now().plusMillis(1);
        LiveStream.await(() -> Instant.now().isAfter(after));
        stream.streams.stream()
                .filter(each -> LiveStream.gameOf(each) != LiveStream.gameOf(early))
                .forEach(each -> stream.append(each, TestCodec.COUNTED));
        stream.awaitCaughtUp();
        makeAllWrong();
        Replay replay = start(new ReplayPart(Set.of(), null, after, Set.of()));
        await(replay, Phase.FOLLOWING);
        stream.append(30);

        awaitCounted(Set.of(LiveStream.gameOf(early)));
        assertThat(control.replays()
                        .find(replay.id())
                        .orElseThrow()
                        .wish()
                        .part()
                        .games())
                .containsExactly(LiveStream.gameOf(early));
    }

    @Test
    void a_process_that_ends_while_it_is_built_goes_on_with_the_same_part() {
        ProjectionSupervisor first = supervise();
        stream.append(2_000);
        stream.awaitCaughtUp();
        makeAllWrong();
        int game = gameOfOneStream();
        Replay replay = control.replays()
                .start(
                        "counting",
                        new ReplayWish(
                                400, SwitchWhen.MANUAL, null, null, new ReplayPart(Set.of(game), null, null, Set.of())),
                        "ada");
        LiveStream.await(() -> control.progress().of("counting", 2).partitions().stream()
                .anyMatch(partition -> partition.handled() > 0));
        first.close();
        control.replays().throttle(replay.id(), null, "ada");
        stream.start(counting.supervise("two", Long.MAX_VALUE));
        await(replay, Phase.FOLLOWING);
        stream.append(60);

        awaitCounted(Set.of(game));
    }

    @Test
    void of_some_event_types_alone_a_version_is_built_to_compare() {
        UUID other = stream.streams.getLast();
        stream.append(300);
        supervise();
        stream.append(other, TestCodec.CONFIGURATION);
        Replay replay = start(new ReplayPart(Set.of(), null, null, Set.of(TestCodec.ERASED)));
        await(replay, Phase.FOLLOWING);

        try (CountingStore store = counting.store(2)) {
            LiveStream.await(() -> store.total() == LiveStream.PARTITIONS);
            assertThat(store.counts().keySet())
                    .as("configuration is handled all the same, and nothing else")
                    .containsExactly(other);
        }
        LiveStream.await(() -> control.proofs()
                        .tally("counting", 2, LiveStream.PARTITIONS)
                        .provesAll()
                && control.proofs().tally("counting", 2, LiveStream.PARTITIONS).ranges() == 1);
    }

    /** Its store loses everything, as a Redis may, when there is nothing left to take over from. */
    @Test
    void once_its_replay_is_over_a_version_that_begins_anew_handles_everything_at_full_speed_in_the_same_process() {
        ProjectionSupervisor supervisor = supervise();
        stream.append(600);
        stream.awaitCaughtUp();
        Replay replay = start(new ReplayPart(Set.of(gameOfOneStream()), null, null, Set.of()));
        await(replay, Phase.FOLLOWING);
        control.replays().throttle(replay.id(), 1, "ada");
        awaitStep();
        awaitStep();
        LiveStream.await(() ->
                control.proofs().tally("counting", 2, LiveStream.PARTITIONS).provesAll());
        control.replays().switchOver(replay.id(), "ada", Duration.ofSeconds(20));
        control.replays().drop(replay.id(), "ada");
        LiveStream.await(() -> !supervisor.running().contains(1));
        stream.counts.execute("WITH gone AS (DELETE FROM counting_v2.checkpoint) DELETE FROM counting_v2.counted");

        try (CountingStore built = counting.store(2)) {
            LiveStream.await(() -> built.counts().equals(stream.appended()));
        }
    }

    @Test
    void it_has_not_caught_up_while_some_of_what_it_took_over_lies_before_it_however_young_that_is() {
        Replay replay = start(new ReplayPart(Set.of(1), null, null, Set.of()));
        Position taken = new Position(7, 10);
        control.replays().tookOver(replay.id(), Set.of(1), Map.of(0, taken, 1, taken, 2, taken));

        assertThat(phaseWith(replay, taken, new Position(7, 9))).isEqualTo(Phase.READING);
        assertThat(phaseWith(replay, taken, taken)).isEqualTo(Phase.FOLLOWING);
    }

    /** What is found when the partitions are there just now. */
    private Phase phaseWith(Replay replay, Position others, Position last) {
        control.progress()
                .tell(
                        "counting",
                        replay.version(),
                        IntStream.range(0, LiveStream.PARTITIONS)
                                .mapToObj(partition -> new PartitionProgress(
                                        partition,
                                        "one",
                                        partition == LiveStream.PARTITIONS - 1 ? last : others,
                                        10,
                                        Instant.now(),
                                        10,
                                        1,
                                        0,
                                        0,
                                        null,
                                        Instant.EPOCH))
                                .toList());
        ReplayDuties duties = new ReplayDuties(
                control, stream.store, LiveStream::isConfiguration, LiveStream.PARTITIONS, () -> Long.MAX_VALUE);
        try (Background background = new Background("test")) {
            duties.attend(control.replays().find(replay.id()).orElseThrow(), counting, background);
        }
        return control.replays().find(replay.id()).orElseThrow().phase();
    }

    /** Until the supervisor has told once more: one of its steps ends, or is in the midst. */
    private void awaitStep() {
        Instant before = toldAt();
        LiveStream.await(() -> toldAt().isAfter(before));
    }

    private Instant toldAt() {
        return control.progress().of("counting", 2).partitions().getFirst().toldAt();
    }

    private void makeAllWrong() {
        stream.counts.execute("UPDATE counting.counted SET events = events + " + WRONG);
    }

    private int gameOfOneStream() {
        return LiveStream.gameOf(stream.streams.getFirst());
    }

    /** Version 2 is right where it was rebuilt, and as wrong as version 1 everywhere else. */
    private void awaitCounted(Set<Integer> rebuilt) {
        try (CountingStore live = counting.store(1);
                CountingStore built = counting.store(2)) {
            LiveStream.await(() -> {
                Map<UUID, Long> expected = new HashMap<>(live.counts());
                expected.replaceAll((id, count) -> rebuilt.contains(LiveStream.gameOf(id))
                        ? stream.appended().get(id)
                        : count);
                return live.total() % WRONG == built.total() % WRONG
                        && expected.equals(built.counts())
                        && handled(1) == handled(2);
            });
            assertThat(built.counts().entrySet().stream()
                            .filter(each -> rebuilt.contains(LiveStream.gameOf(each.getKey())))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                    .isNotEmpty()
                    .allSatisfy((id, count) ->
                            assertThat(count).isEqualTo(stream.appended().get(id)));
        }
    }

    private long handled(int version) {
        return control.progress().of("counting", version).partitions().stream()
                .mapToLong(partition -> partition.handled())
                .sum();
    }

    private ProjectionSupervisor supervise() {
        ProjectionSupervisor supervisor = stream.start(counting.supervise("one", Long.MAX_VALUE));
        LiveStream.await(() -> control.progress().of("counting", 1).partitions().size() == LiveStream.PARTITIONS);
        return supervisor;
    }

    private Replay start(ReplayPart part) {
        return control.replays().start("counting", new ReplayWish(null, SwitchWhen.MANUAL, null, null, part), "ada");
    }

    private void await(Replay replay, Phase phase) {
        LiveStream.await(() -> control.replays().find(replay.id()).orElseThrow().phase() == phase);
    }
}
