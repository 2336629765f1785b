package io.gamemetrics.infrastructure.replays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.replays.Replay.Phase;
import io.gamemetrics.infrastructure.replays.ReplayRefused.Reason;
import io.gamemetrics.infrastructure.replays.Version.State;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ReplaysTest {

    private static final String MODEL = "numbers";

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private Versions versions;
    private Replays replays;

    @BeforeEach
    void open() {
        database.setUrl(TestPostgres.newDatabase());
        ReplaysSchema.migrate(database);
        ReplaysSchema.migrate(database);
        versions = new Versions(database);
        replays = new Replays(database);
        versions.register(new KnownProjection(MODEL, 3, true, 1));
    }

    @Test
    void a_read_model_begins_with_one_version_which_readers_ask() {
        assertThat(versions.active("others")).isEmpty();
        versions.register(new KnownProjection("others", 3, true, 1));
        versions.register(new KnownProjection("others", 1, true, 1));
        assertThat(versions.projections())
                .containsExactly(new KnownProjection(MODEL, 3, true, 1), new KnownProjection("others", 1, true, 1));
        assertThat(states("others")).containsExactly(State.ACTIVE);
        assertThat(versions.active("others")).hasValue(1);
    }

    @Test
    void a_replay_builds_the_next_version_beside_the_active_one() {
        Replay replay = replays.start(MODEL, ReplayWish.manual(), "ada");

        assertThat(replay.phase()).isEqualTo(Phase.READING);
        assertThat(replay.version()).isEqualTo(2);
        assertThat(replay.replaces()).isEqualTo(1);
        assertThat(states(MODEL)).containsExactly(State.ACTIVE, State.BUILDING);
        assertThat(replays.find(replay.id())).contains(replay);
        assertThat(replays.open(MODEL)).contains(replay);
    }

    @Test
    void of_many_who_start_one_at_once_one_does() {
        AtomicInteger refused = new AtomicInteger();
        List<CompletableFuture<Void>> starting = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> {
                            try {
                                replays.start(MODEL, ReplayWish.manual(), "operator-" + i);
                            } catch (ReplayRefused e) {
                                assertThat(e.reason()).isEqualTo(Reason.RUNNING);
                                refused.incrementAndGet();
                            }
                        },
                        Thread::startVirtualThread))
                .toList();
        starting.forEach(CompletableFuture::join);

        assertThat(refused).hasValue(7);
        assertThat(states(MODEL)).containsExactly(State.ACTIVE, State.BUILDING);
    }

    @Test
    void what_shows_outside_is_never_done_again() {
        versions.register(new KnownProjection("letters", 3, false, 1));

        assertRefused(Reason.SIDE_EFFECTS, () -> replays.start("letters", ReplayWish.manual(), "ada"));
        assertRefused(Reason.UNKNOWN, () -> replays.start("nothing", ReplayWish.manual(), "ada"));
    }

    @Test
    void another_projection_can_be_replayed_meanwhile() {
        versions.register(new KnownProjection("others", 3, true, 1));
        replays.start(MODEL, ReplayWish.manual(), "ada");

        assertThat(replays.start("others", ReplayWish.manual(), "ada").version())
                .isEqualTo(2);
    }

    @Test
    void a_switch_is_one_step_for_readers_and_so_is_the_way_back() {
        UUID id = following();

        replays.switchOver(id, "ada");
        assertThat(versions.active(MODEL)).hasValue(2);
        assertThat(states(MODEL)).containsExactly(State.STANDBY, State.ACTIVE);
        replays.rollBack(id, "ada");
        assertThat(versions.active(MODEL)).hasValue(1);
        assertThat(states(MODEL)).containsExactly(State.ACTIVE, State.STANDBY);
        replays.switchOver(id, "ada");
        assertThat(versions.active(MODEL)).hasValue(2);
    }

    @Test
    void there_is_an_active_version_at_every_moment() throws Exception {
        UUID id = following();
        CompletableFuture<Integer> missing = new CompletableFuture<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            int none = 0;
            while (!Thread.currentThread().isInterrupted()) {
                none += versions.active(MODEL).isEmpty() ? 1 : 0;
            }
            missing.complete(none);
        });
        for (int i = 0; i < 50; i++) {
            SwitchTest.tellUpToDate(database, MODEL, 2);
            replays.switchOver(id, "ada");
            replays.rollBack(id, "ada");
        }
        reader.interrupt();
        reader.join();

        assertThat(missing).isCompletedWithValue(0);
    }

    @Test
    void dropping_gives_up_the_old_version_and_ends_the_replay() {
        UUID id = following();
        replays.switchOver(id, "ada");
        Replay done = replays.drop(id, "ada");

        assertThat(done.phase()).isEqualTo(Phase.DONE);
        assertThat(replays.find(id).orElseThrow().endedAt()).isNotNull();
        assertThat(replays.open(MODEL)).isEmpty();
        assertThat(states(MODEL)).containsExactly(State.DROPPING, State.ACTIVE);
        assertRefused(Reason.PHASE, () -> replays.rollBack(id, "ada"));
        versions.dropped(versions.of(MODEL).getFirst());
        assertThat(states(MODEL)).containsExactly(State.ACTIVE);
        assertThat(replays.start(MODEL, ReplayWish.manual(), "ada").version()).isEqualTo(3);
    }

    @Test
    void how_fast_the_latest_one_was_is_remembered() {
        assertThat(replays.lastRate(MODEL)).isEmpty();
        following();

        assertThat(replays.lastRate(MODEL).orElseThrow()).isPositive();
    }

    @Test
    void cancelling_gives_up_the_new_version_whatever_it_has_come_to() {
        UUID id = following();
        replays.cancel(id, "ada");

        assertThat(states(MODEL)).containsExactly(State.ACTIVE, State.DROPPING);
        assertRefused(Reason.PHASE, () -> replays.resume(id, "ada"));
    }

    @Test
    void a_limit_that_is_reached_gives_up_the_new_version_and_says_why() {
        UUID id = replays.start(MODEL, ReplayWish.manual(), "ada").id();
        replays.abort(id, "The disk is full.");

        Replay aborted = replays.find(id).orElseThrow();
        assertThat(aborted.phase()).isEqualTo(Phase.ABORTED);
        assertThat(aborted.problem()).isEqualTo("The disk is full.");
        assertThat(states(MODEL)).containsExactly(State.ACTIVE, State.DROPPING);
    }

    @Test
    void the_active_version_is_never_given_up() {
        UUID id = following();
        replays.switchOver(id, "ada");

        assertRefused(Reason.PHASE, () -> replays.cancel(id, "ada"));
        assertRefused(Reason.PHASE, () -> replays.abort(id, "too late"));
        assertThat(versions.active(MODEL)).hasValue(2);
    }

    @Test
    void it_is_switched_only_when_it_has_caught_up() {
        UUID id = replays.start(MODEL, ReplayWish.manual(), "ada").id();

        assertRefused(Reason.PHASE, () -> replays.switchOver(id, "ada"));
        assertRefused(Reason.UNKNOWN, () -> replays.pause(UUID.randomUUID(), "ada"));
    }

    @Test
    void everything_that_is_done_is_kept_with_who_did_it() {
        ReplayWish wish = new ReplayWish(700, ReplayWish.SwitchWhen.MANUAL, null, 5, ReplayPart.whole());
        UUID id = replays.start(MODEL, wish, "ada").id();
        assertThat(replays.actions(id).getFirst().detail())
                .isEqualTo("at most 700 events/s, given up below 5 GiB of free disk");
        replays.pause(id, "ben");
        replays.throttle(id, 500, "ada");
        replays.resume(id, "ben");
        replays.caughtUp(id, 100);

        assertThat(replays.actions(id))
                .extracting(action -> action.actor() + " " + action.action())
                .containsExactly("ada start", "ben pause", "ada throttle", "ben resume", "platform caught-up");
        assertThat(replays.find(id).orElseThrow().wish().eventsPerSecond()).isEqualTo(500);
    }

    @Test
    void a_version_that_is_gone_leaves_no_progress_and_no_proof() throws SQLException {
        UUID id = replays.start(MODEL, ReplayWish.manual(), "ada").id();
        replays.cancel(id, "ada");
        versions.dropped(versions.of(MODEL).getLast());

        try (var connection = database.getConnection();
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT (SELECT count(*) FROM replays.progress)"
                                + " + (SELECT count(*) FROM replays.milestone)")) {
            row.next();
            assertThat(row.getLong(1)).isZero();
        }
    }

    private UUID following() {
        UUID id = replays.start(MODEL, ReplayWish.manual(), "ada").id();
        replays.caughtUp(id, 100);
        SwitchTest.tellUpToDate(database, MODEL, 1);
        SwitchTest.tellUpToDate(database, MODEL, 2);
        return id;
    }

    private List<State> states(String projection) {
        return versions.of(projection).stream().map(Version::state).toList();
    }

    private static void assertRefused(Reason reason, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(ReplayRefused.class, e -> assertThat(e.reason())
                .isEqualTo(reason));
    }
}
