package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gamemetrics.infrastructure.replays.Occasion;
import io.gamemetrics.infrastructure.replays.Replay;
import io.gamemetrics.infrastructure.replays.Replay.Phase;
import io.gamemetrics.infrastructure.replays.ReplayRefused;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.Version;
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

/** A build that carries two versions of its handlers goes on with the old ones until readers ask for what the new ones made. */
@Execution(ExecutionMode.CONCURRENT)
class TwoHandlersTest {

    private static final long PLENTY = Long.MAX_VALUE;

    private final LiveStream stream = new LiveStream();
    private final ReplayControl control = new VersionedCounting(stream).control("test");

    @BeforeEach
    void publish() {
        stream.publish();
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void new_code_changes_nothing_until_it_has_built_a_version_of_its_own() {
        supervise(List.of(1)).close();
        stream.append(300);
        ProjectionSupervisor both = supervise(List.of(1, 2));
        stream.append(300);
        awaitCounted(1, 1);
        LiveStream.await(() -> !control.offers().open("counting").isEmpty());
        assertThat(control.offers().open("counting").getFirst().occasion().reason())
                .isEqualTo(Occasion.Reason.HANDLERS);
        Replay replay = following();
        stream.append(300);
        awaitCounted(1, 1);
        awaitCounted(2, 2);
        LiveStream.await(() -> isSwitched(replay));
        assertThat(control.offers().open("counting")).as("done").isEmpty();
        stream.append(30);
        awaitCounted(1, 1);
        awaitCounted(2, 2);
        both.close();

        supervise(List.of(2, 3));
        stream.append(30);
        awaitCounted(2, 2);
        assertThat(control.versions().of("counting"))
                .extracting(Version::number, Version::handlers)
                .containsExactly(tuple(1, 1), tuple(2, 2));
    }

    @Test
    void a_build_that_no_longer_has_the_live_versions_handlers_touches_nothing_and_says_so() {
        supervise(List.of(1)).close();
        ProjectionSupervisor late =
                stream.start(new VersionedCounting(stream, List.of(2, 3)).supervise("late", PLENTY));
        stream.append(300);
        LiveStream.await(() -> late.status().problem() != null);

        assertThat(late.status().isHealthy()).isFalse();
        assertThat(late.status().problem()).contains("handlers 1").contains("no longer carries");
        assertThat(stream.counts.total()).isZero();
        assertThat(late.running()).isEmpty();
    }

    @Test
    void while_a_build_is_rolled_out_those_without_the_new_handlers_leave_the_new_version_alone() {
        supervise(List.of(1)).close();
        supervise(List.of(1, 2));
        Replay replay = following();
        ProjectionSupervisor old = stream.start(new VersionedCounting(stream, List.of(1)).supervise("old", PLENTY));
        LiveStream.await(() -> old.running().equals(Set.of(1)));
        stream.append(300);

        awaitCounted(1, 1);
        awaitCounted(2, 2);
        assertThat(control.replays().find(replay.id()).orElseThrow().phase()).isEqualTo(Phase.FOLLOWING);
    }

    private ProjectionSupervisor supervise(List<Integer> handlers) {
        ProjectionSupervisor supervisor =
                stream.start(new VersionedCounting(stream, handlers).supervise("one", PLENTY));
        LiveStream.await(() -> supervisor.status().partitions().size() == LiveStream.PARTITIONS);
        return supervisor;
    }

    private Replay following() {
        Replay replay = control.replays().start("counting", ReplayWish.manual(), "ada");
        LiveStream.await(() -> control.replays().find(replay.id()).orElseThrow().phase() == Phase.FOLLOWING);
        return replay;
    }

    private boolean isSwitched(Replay replay) {
        try {
            return control.replays().switchOver(replay.id(), "ada").phase() == Phase.SWITCHED;
        } catch (ReplayRefused e) {
            return false;
        }
    }

    private void awaitCounted(int version, int times) {
        try (CountingStore store = new VersionedCounting(stream).store(version)) {
            LiveStream.await(() -> {
                Map<UUID, Long> expected = new HashMap<>(stream.appended());
                expected.replaceAll((id, count) -> count * times);
                return store.counts().equals(expected);
            });
        }
    }
}
