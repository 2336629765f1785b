package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstream.StreamPartitions;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.QuarantineOrder;
import io.gamemetrics.infrastructure.replays.QuarantineOrder.State;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.Replay.Phase;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.WaitingStream;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** From what is told to operators to what their orders do, through the tables both sides share. */
@Execution(ExecutionMode.CONCURRENT)
class OrderedReleaseTest {

    private final LiveStream stream = new LiveStream();
    private final VersionedCounting counting = new VersionedCounting(stream);
    private final ReplayControl control = counting.control("test");
    private final UUID poisoned = stream.streamIn(1);

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
    void what_waits_is_told_with_what_may_be_known_of_it() {
        poison();

        WaitingStream told = told(1);
        assertThat(told.stream()).isEqualTo(poisoned);
        assertThat(told.partition()).isEqualTo(1);
        assertThat(told.tenant()).isEqualTo(LiveStream.gameOf(poisoned));
        assertThat(told.type()).isEqualTo(TestCodec.FAILS_IN_HANDLER);
        assertThat(told.cause()).isEqualTo("handler.failed");
        LiveStream.await(() -> told(1).events() == 3);
    }

    @Test
    void a_skip_is_done_once_and_what_came_of_it_is_told() {
        ProjectionSupervisor supervisor = poison();
        LiveStream.await(() -> told(1).events() == 3);
        UUID id = control.quarantineOrders().skip("counting", poisoned, null, "sent twice", "ada");

        QuarantineOrder.Target target = done(id).targets().getFirst();
        assertThat(target.state()).isEqualTo(State.RELEASED);
        assertThat(target.skipped()).isEqualTo(1);
        assertThat(target.applied()).isEqualTo(2);
        LiveStream.await(
                () -> control.quarantines().list("counting", null, 0, 9).isEmpty());
        assertThat(stream.counts.counts().get(poisoned))
                .isEqualTo(stream.appended().getOrDefault(poisoned, 0L) - 1);
        LiveStream.await(() -> supervisor.status().quarantined() == 0);
    }

    @Test
    void a_retry_of_what_fails_again_says_where() {
        poison();
        UUID id = control.quarantineOrders().retryAll("counting", "handler.failed", "ada");

        QuarantineOrder.Target target = done(id).targets().getFirst();
        assertThat(target.state()).isEqualTo(State.STOPPED);
        assertThat(target.stoppedAt()).isEqualTo(told(1).position());
        assertThat(target.stoppedCause()).isEqualTo("handler.failed");
    }

    @Test
    void an_order_given_while_nobody_works_is_done_by_who_comes_next() {
        poison().close();
        UUID id = control.quarantineOrders().skip("counting", poisoned, null, "sent twice", "ada");
        stream.append(poisoned, TestCodec.COUNTED);
        stream.start(counting.supervise("two", Long.MAX_VALUE));

        done(id);
        LiveStream.await(() -> stream.counts.counts().getOrDefault(poisoned, 0L)
                == stream.appended().getOrDefault(poisoned, 0L) - 1);
        assertThat(stream.counts.disorder()).isZero();
    }

    @Test
    void a_version_that_is_built_has_its_own_quarantine_and_both_are_released() {
        poison();
        Replay replay = control.replays().start("counting", ReplayWish.manual(), "ada");
        LiveStream.await(() -> control.replays().find(replay.id()).orElseThrow().phase() == Phase.FOLLOWING);
        LiveStream.await(() -> control.quarantines().of("counting", poisoned).size() == 2);
        UUID id = control.quarantineOrders().skip("counting", poisoned, null, "sent twice", "ada");

        assertThat(done(id).targets()).extracting(QuarantineOrder.Target::state).containsOnly(State.RELEASED);
        try (CountingStore built = counting.store(2)) {
            LiveStream.await(() -> built.counts().equals(stream.counts.counts()));
        }
    }

    @Test
    void what_a_part_took_over_waits_there_too_and_is_released_not_lost() {
        poison();
        LiveStream.await(() -> told(1).events() == 3);
        int other = 1 + LiveStream.gameOf(poisoned) % 3;
        ReplayPart part = new ReplayPart(Set.of(other), null, null, Set.of());
        Replay replay = control.replays()
                .start("counting", new ReplayWish(null, ReplayWish.SwitchWhen.MANUAL, null, null, part), "ada");
        LiveStream.await(() -> control.replays().find(replay.id()).orElseThrow().phase() == Phase.FOLLOWING);
        LiveStream.await(() -> control.quarantines().of("counting", poisoned).size() == 2);
        UUID id = control.quarantineOrders().skip("counting", poisoned, null, "sent twice", "ada");

        assertThat(done(id).targets())
                .extracting(QuarantineOrder.Target::applied)
                .containsOnly(2L);
        assertThat(stream.counts.counts().get(poisoned))
                .isEqualTo(stream.appended().getOrDefault(poisoned, 0L) - 1);
        try (CountingStore built = counting.store(2)) {
            LiveStream.await(() -> built.counts().equals(stream.counts.counts()));
        }
    }

    @Test
    void what_waits_of_a_rebuilt_game_is_handled_anew_and_all_else_goes_on_waiting_in_order() {
        UUID unknown = stream.streams.stream()
                .filter(each -> LiveStream.gameOf(each) != LiveStream.gameOf(poisoned))
                .findFirst()
                .orElseThrow();
        stream.append(unknown, TestCodec.FAILS_IN_HANDLER);
        ProjectionSupervisor broken = poison();
        List<ParkedEvent> waiting = new CountingProjection(stream.counts).parked(1, poisoned, 9);
        assertThat(waiting).hasSize(3);
        assertThat(stream.counts.counts())
                .as("nothing is known of it but that it waits")
                .doesNotContainKey(unknown);
        broken.close();
        stream.start(counting.supervise("mended", Long.MAX_VALUE, TestCodec.mended()));
        ReplayPart part = new ReplayPart(Set.of(LiveStream.gameOf(unknown)), null, null, Set.of());
        Replay replay = control.replays()
                .start("counting", new ReplayWish(null, ReplayWish.SwitchWhen.MANUAL, null, null, part), "ada");
        LiveStream.await(() -> control.replays().find(replay.id()).orElseThrow().phase() == Phase.FOLLOWING);
        stream.append(30);

        try (CountingStore built = counting.store(2)) {
            Map<UUID, Long> expected = new HashMap<>(stream.appended());
            expected.put(poisoned, 2L);
            LiveStream.await(() -> built.counts().equals(expected));
            CountingProjection reading = new CountingProjection(built);
            assertThat(reading.parked(1, poisoned, waiting.size())).isEqualTo(waiting);
            assertThat(reading.quarantined(StreamPartitions.of(unknown, LiveStream.PARTITIONS)))
                    .noneMatch(each -> each.stream().equals(unknown));
            LiveStream.await(
                    () -> control.quarantines().of("counting", poisoned).size() == 2);
            done(control.quarantineOrders().retry("counting", poisoned, "ada"));
            LiveStream.await(() -> built.counts().equals(stream.appended()));
            assertThat(built.disorder()).isZero();
        }
    }

    private ProjectionSupervisor poison() {
        ProjectionSupervisor supervisor = stream.start(counting.supervise("one", Long.MAX_VALUE));
        stream.append(30);
        stream.append(poisoned, TestCodec.FAILS_IN_HANDLER);
        stream.append(poisoned, TestCodec.COUNTED);
        stream.append(poisoned, TestCodec.COUNTED);
        stream.awaitCaughtUp();
        LiveStream.await(
                () -> !control.quarantines().list("counting", null, 0, 9).isEmpty());
        return supervisor;
    }

    private WaitingStream told(int version) {
        List<WaitingStream> all = control.quarantines().list("counting", null, 0, 9);
        return all.stream()
                .filter(each -> each.version() == version)
                .findFirst()
                .orElseThrow();
    }

    private QuarantineOrder done(UUID id) {
        LiveStream.await(
                () -> !control.quarantineOrders().find(id).orElseThrow().isOpen());
        return control.quarantineOrders().find(id).orElseThrow();
    }
}
