package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.Replay.Phase;
import io.gamemetrics.infrastructure.replays.ReplayPart;
import io.gamemetrics.infrastructure.replays.ReplayRefused;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.ReplayWish.SwitchWhen;
import io.gamemetrics.infrastructure.replays.Version;
import io.gamemetrics.infrastructure.replays.VersionProgress;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ProjectionSupervisorTest {

    private static final long PLENTY = Long.MAX_VALUE;

    private final LiveStream stream = new LiveStream();
    private final VersionedCounting counting = new VersionedCounting(stream);
    private final ReplayControl control = counting.control("test");

    @BeforeEach
    void register() {
        control.versions().register(new KnownProjection("counting", LiveStream.PARTITIONS, true, 1));
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void a_new_version_is_built_beside_the_live_one_and_both_are_kept_up_to_date() {
        stream.publish();
        supervise("one");
        stream.append(600);
        stream.awaitCaughtUp();
        Replay replay = start(null);
        stream.append(60);
        await(replay, Phase.FOLLOWING);
        stream.append(60);

        awaitCounted(2);
        awaitCounted(1);
    }

    @Test
    void after_a_switch_the_old_version_is_kept_up_to_date_until_it_is_dropped() {
        stream.publish();
        ProjectionSupervisor supervisor = supervise("one");
        stream.append(300);
        Replay replay = following();
        LiveStream.await(() -> proof().provesAll());
        control.replays().switchOver(replay.id(), "ada", Duration.ofSeconds(20));
        stream.append(60);

        awaitCounted(1);
        awaitCounted(2);
        LiveStream.await(() -> supervisor.status().partitions().size() == LiveStream.PARTITIONS);
        control.replays().drop(replay.id(), "ada");
        LiveStream.await(() -> !supervisor.running().contains(1));
        stream.append(60);
        awaitCounted(2);
        assertThat(control.versions().of("counting"))
                .extracting(Version::state)
                .containsExactly(Version.State.DROPPING, Version.State.ACTIVE);
    }

    @Test
    void a_version_given_up_is_gone_with_its_tables_after_a_while_and_nothing_else_is() throws SQLException {
        stream.publish();
        supervise("one");
        stream.append(300);
        stream.awaitCaughtUp();
        Replay replay = following();
        control.replays().cancel(replay.id(), "ada");
        stream.counts.execute(
                "UPDATE replays.version SET changed_at = changed_at - interval '1 hour' WHERE number = 2");

        LiveStream.await(() -> control.versions().of("counting").size() == 1);
        try (var connection = stream.counts.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT FROM pg_namespace WHERE nspname = 'counting_v2'")) {
            assertThat(rows.next()).isFalse();
        }
        assertThat(stream.counts.counts()).isEqualTo(stream.appended());
    }

    @Test
    void a_paused_replay_rests_and_goes_on_where_it_was_while_the_live_version_goes_on() {
        stream.publish();
        ProjectionSupervisor supervisor = supervise("one");
        stream.append(3_000);
        Replay replay = start(200);
        LiveStream.await(() ->
                control.progress().of("counting", 2).lag(LiveStream.PARTITIONS).isPresent());
        control.replays().pause(replay.id(), "ada");
        LiveStream.await(() -> !supervisor.running().contains(2));
        long before = handled(2);
        assertThat(control.progress().of("counting", 2).lag(LiveStream.PARTITIONS))
                .as("as old as the oldest event that is not handled")
                .hasValueSatisfying(lag -> assertThat(lag).isLessThan(Duration.ofHours(1)));
        stream.append(60);
        awaitCounted(1);
        assertThat(handled(2)).isEqualTo(before).isLessThan(3_000);
        control.replays().throttle(replay.id(), null, "ada");
        control.replays().resume(replay.id(), "ada");

        await(replay, Phase.FOLLOWING);
        awaitCounted(2);
    }

    @Test
    void it_goes_no_faster_than_it_is_told() {
        stream.publish();
        stream.append(3_000);
        supervise("one");
        long begun = System.nanoTime();
        Replay replay = start(2_000);
        await(replay, Phase.FOLLOWING);

        assertThat((System.nanoTime() - begun) / 1e9).isGreaterThan(1);
        awaitCounted(2);
    }

    @Test
    void another_instance_takes_a_replay_over() {
        stream.publish();
        ProjectionSupervisor first = supervise("one");
        stream.append(2_000);
        Replay replay = start(500);
        LiveStream.await(() -> handled(2) > 0);
        supervise("two");
        first.close();
        control.replays().throttle(replay.id(), null, "ada");

        await(replay, Phase.FOLLOWING);
        awaitCounted(2);
        awaitCounted(1);
    }

    @Test
    void it_is_proved_range_by_range_and_one_event_that_was_not_handled_keeps_readers_where_they_are() {
        stream.publishInBulk();
        while (stream.store.position().number() < Milestones.RANGE) {
            stream.append(25_000);
        }
        supervise("one");
        Replay replay = following();
        LiveStream.await(() -> proof().equals(new Proofs.Tally(2, 2, 0)));
        stream.counts.execute("UPDATE replays.milestone SET handled_count = handled_count - (partition = 1)::int,"
                + " stored_count = NULL, stored_checksum = NULL");
        LiveStream.await(() -> proof().mismatches() == 1);

        assertThatThrownBy(() -> control.replays().switchOver(replay.id(), "ada"))
                .isInstanceOfSatisfying(
                        ReplayRefused.class, e -> assertThat(e.reason()).isEqualTo(ReplayRefused.Reason.UNPROVED));
        assertThat(control.versions().active("counting")).hasValue(1);
    }

    @Test
    void what_comes_after_the_last_full_range_is_proved_too_and_one_event_too_many_is_found() {
        stream.publish();
        stream.append(300);
        stream.append(stream.streamIn(1), TestCodec.CONFIGURATION);
        supervise("one");
        Replay replay = following();
        stream.append(300);
        LiveStream.await(() -> proof().equals(new Proofs.Tally(1, 1, 0)));
        stream.counts.execute("UPDATE replays.tail SET handled_checksum = handled_checksum + (partition = 2)::int,"
                + " stored_count = NULL, stored_checksum = NULL");
        LiveStream.await(() -> proof().mismatches() == 1);

        assertThatThrownBy(() -> control.replays().switchOver(replay.id(), "ada"))
                .isInstanceOfSatisfying(
                        ReplayRefused.class, e -> assertThat(e.reason()).isEqualTo(ReplayRefused.Reason.UNPROVED));
    }

    @Test
    void it_is_given_up_when_the_disk_gets_full() {
        stream.publish();
        stream.append(300);
        stream.start(counting.supervise("one", 1L << 30));
        Replay replay = control.replays()
                .start("counting", new ReplayWish(10, SwitchWhen.MANUAL, null, 5, ReplayPart.whole()), "ada");

        await(replay, Phase.ABORTED);
        assertThat(control.replays().find(replay.id()).orElseThrow().problem()).startsWith("Only 1.0 GiB");
        assertThat(control.versions().active("counting")).hasValue(1);
    }

    @Test
    void it_is_given_up_when_the_live_version_falls_behind() {
        stream.publish();
        stream.append(60);
        supervise("one").close();
        stream.append(60);
        stream.counts.execute("UPDATE replays.progress SET as_of = as_of - interval '1 hour'");
        ReplayDuties duties = new ReplayDuties(
                control, stream.store, LiveStream::isConfiguration, LiveStream.PARTITIONS, () -> PLENTY);
        Replay replay = control.replays()
                .start("counting", new ReplayWish(null, SwitchWhen.MANUAL, 30, null, ReplayPart.whole()), "ada");
        try (Background background = new Background("test")) {
            duties.attend(replay, counting, background);
        }

        assertThat(control.replays().find(replay.id()).orElseThrow().phase()).isEqualTo(Phase.ABORTED);
    }

    private ProjectionSupervisor supervise(String instance) {
        ProjectionSupervisor supervisor = stream.start(counting.supervise(instance, PLENTY));
        LiveStream.await(() -> control.progress().of("counting", 1).partitions().size() == LiveStream.PARTITIONS);
        return supervisor;
    }

    private Replay start(@Nullable Integer eventsPerSecond) {
        return control.replays()
                .start(
                        "counting",
                        new ReplayWish(eventsPerSecond, SwitchWhen.MANUAL, null, null, ReplayPart.whole()),
                        "ada");
    }

    private Replay following() {
        Replay replay = start(null);
        await(replay, Phase.FOLLOWING);
        return replay;
    }

    private void await(Replay replay, Phase phase) {
        LiveStream.await(() -> control.replays().find(replay.id()).orElseThrow().phase() == phase);
    }

    private void awaitCounted(int version) {
        try (CountingStore store = counting.store(version)) {
            LiveStream.await(() -> store.counts().equals(stream.appended()));
        }
    }

    private long handled(int version) {
        VersionProgress progress = control.progress().of("counting", version);
        return progress.partitions().stream()
                .mapToLong(partition -> partition.handled())
                .sum();
    }

    private Proofs.Tally proof() {
        return control.proofs().tally("counting", 2, LiveStream.PARTITIONS);
    }
}
