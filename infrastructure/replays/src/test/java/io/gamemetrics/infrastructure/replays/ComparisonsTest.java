package io.gamemetrics.infrastructure.replays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.replays.ReplayRefused.Reason;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ComparisonsTest {

    private static final String MODEL = "numbers";

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private Replays replays;
    private Comparisons comparisons;
    private UUID id;

    @BeforeEach
    void start() {
        database.setUrl(TestPostgres.newDatabase());
        ReplaysSchema.migrate(database);
        replays = new Replays(database);
        comparisons = new Comparisons(database);
        new Versions(database).register(new KnownProjection(MODEL, 3, true, 1));
        id = replays.start(MODEL, ReplayWish.manual(), "ada").id();
    }

    @Test
    void only_two_versions_that_are_kept_up_to_date_are_compared() {
        assertRefused(Reason.PHASE, () -> comparisons.want(id, "ada"));
        assertRefused(Reason.UNKNOWN, () -> comparisons.want(UUID.randomUUID(), "ada"));
        replays.caughtUp(id, 1);
        replays.pause(id, "ada");
        assertRefused(Reason.PAUSED, () -> comparisons.want(id, "ada"));
        assertThat(comparisons.latest(id)).isEmpty();
    }

    @Test
    void asking_again_is_asking_for_the_one_that_is_not_over() {
        replays.caughtUp(id, 1);
        Comparison wanted = comparisons.want(id, "ada");

        assertThat(comparisons.want(id, "ben")).isEqualTo(wanted);
        assertThat(replays.actions(id))
                .extracting(ReplayAction::action)
                .containsExactly("start", "caught-up", "compare");
    }

    @Test
    void one_instance_makes_it_and_another_takes_over_when_nothing_is_heard_of_that_one() throws SQLException {
        replays.caughtUp(id, 1);
        long wanted = comparisons.want(id, "ada").id();

        assertThat(comparisons.take(id, "one")).isPresent();
        assertThat(comparisons.take(id, "two")).isEmpty();
        assertThat(comparisons.tell(wanted, "one", 3, 4)).isTrue();
        execute("UPDATE replays.comparison SET told_at = told_at - interval '1 minute'");
        assertThat(comparisons.take(id, "two")).isPresent();
        assertThat(comparisons.tell(wanted, "one", 5, 6))
                .as("who was thought dead")
                .isFalse();
        comparisons.hold(wanted, "one", new Hold(Map.of()));
        assertThat(comparisons.held(id)).isEmpty();
        comparisons.failed(wanted, "one", "It was not read.");
        comparisons.done(wanted, "one", 0, List.of());
        assertThat(comparisons.latest(id).orElseThrow().state()).isEqualTo(Comparison.State.RUNNING);
    }

    @Test
    void what_was_found_is_kept_up_to_a_bound_and_all_of_it_is_counted() {
        replays.caughtUp(id, 1);
        long wanted = comparisons.want(id, "ada").id();
        comparisons.take(id, "one");
        List<Difference> found = IntStream.range(0, 150)
                .mapToObj(i -> new Difference("days", 4, "2026-11-29", i, 7, 1L, null, 0.5, List.of("1.12", "1.90")))
                .toList();
        comparisons.done(wanted, "one", 150, found);

        Comparison done = comparisons.latest(id).orElseThrow();
        assertThat(done.state()).isEqualTo(Comparison.State.DONE);
        assertThat(done.differences()).isEqualTo(150);
        assertThat(done.foundThemIdentical()).isFalse();
        assertThat(comparisons.differences(done)).isEqualTo(found.subList(0, Comparisons.MOST_DIFFERENCES));
    }

    @Test
    void a_version_waits_where_it_is_or_where_it_is_told_and_not_for_ever() throws SQLException {
        replays.caughtUp(id, 1);
        long wanted = comparisons.want(id, "ada").id();
        comparisons.take(id, "one");
        assertThat(comparisons.held(id)).isEmpty();
        comparisons.hold(wanted, "one", new Hold(Map.of()));
        assertThat(comparisons.held(id)).contains(new Hold(Map.of()));
        Hold at = new Hold(Map.of(0, new Position(1, 7), 2, new Position(1, 9)));
        comparisons.hold(wanted, "one", at);
        assertThat(comparisons.held(id)).contains(at);
        execute("UPDATE replays.comparison SET held_until = held_until - interval '1 minute'");
        assertThat(comparisons.held(id)).as("who held it is dead").isEmpty();
        comparisons.hold(wanted, "one", at);
        comparisons.release(wanted, "one");
        assertThat(comparisons.held(id)).isEmpty();
    }

    @Test
    void one_that_failed_says_why_and_another_can_be_asked_for() {
        replays.caughtUp(id, 1);
        long wanted = comparisons.want(id, "ada").id();
        comparisons.take(id, "one");
        comparisons.hold(wanted, "one", new Hold(Map.of()));
        comparisons.failed(wanted, "one", "The live version is behind.");

        Comparison failed = comparisons.latest(id).orElseThrow();
        assertThat(failed.problem()).isEqualTo("The live version is behind.");
        assertThat(failed.foundThemIdentical()).isFalse();
        assertThat(comparisons.held(id)).isEmpty();
        assertThat(comparisons.want(id, "ada").id()).isNotEqualTo(wanted);
    }

    @Test
    void one_of_a_replay_that_ends_is_over() {
        replays.caughtUp(id, 1);
        long wanted = comparisons.want(id, "ada").id();
        comparisons.take(id, "one");
        replays.cancel(id, "ada");

        assertThat(comparisons.latest(id).orElseThrow().problem())
                .isEqualTo("Readers were switched, or the replay was over, before it was.");
        assertThat(comparisons.tell(wanted, "one", 1, 1)).isFalse();
    }

    @Test
    void what_is_not_rebuilt_is_taken_from_the_live_version_first() {
        replays.cancel(id, "ada");
        ReplayPart part = new ReplayPart(Set.of(4, 9), null, null, Set.of());
        Replay replay =
                replays.start(MODEL, new ReplayWish(null, ReplayWish.SwitchWhen.MANUAL, null, null, part), "ada");
        assertThat(replay.phase()).isEqualTo(Replay.Phase.TAKING_OVER);
        assertThat(replays.takenOver(replay)).isEmpty();
        Map<Integer, Position> positions = Map.of(0, new Position(1, 5), 1, new Position(1, 6), 2, new Position(1, 7));
        replays.tookOver(replay.id(), Set.of(4), positions);

        Replay reading = replays.find(replay.id()).orElseThrow();
        assertThat(reading.phase()).isEqualTo(Replay.Phase.READING);
        assertThat(reading.wish().part().games()).containsExactly(4);
        assertThat(replays.takenOver(reading)).isEqualTo(positions);
        assertRefused(Reason.PHASE, () -> replays.tookOver(replay.id(), Set.of(4), positions));
    }

    private void execute(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    private static void assertRefused(Reason reason, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(ReplayRefused.class, e -> assertThat(e.reason())
                .isEqualTo(reason));
    }
}
