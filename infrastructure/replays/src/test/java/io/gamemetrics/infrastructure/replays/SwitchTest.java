package io.gamemetrics.infrastructure.replays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.replays.Proofs.Mark;
import io.gamemetrics.infrastructure.replays.ReplayRefused.Reason;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** When readers may be given a new version, and when not. */
class SwitchTest {

    private static final String MODEL = "numbers";
    private static final int PARTITIONS = 3;

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private Replays replays;
    private UUID id;

    /** As if a process had just told that it has handled everything, and that had been counted. */
    static void tellUpToDate(DataSource database, String projection, int version) {
        Proofs proofs = new Proofs(database);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Mark mark = new Mark(partition, new Position(1, 40), 40, 7);
            proofs.caughtUp(projection, version, mark);
            proofs.countTail(projection, version, List.of(mark));
        }
        new Progress(database)
                .tell(
                        projection,
                        version,
                        IntStream.range(0, PARTITIONS)
                                .mapToObj(partition -> new PartitionProgress(
                                        partition,
                                        "one",
                                        new Position(1, 40),
                                        40,
                                        Instant.now(),
                                        40,
                                        1,
                                        1,
                                        0,
                                        null,
                                        Instant.EPOCH))
                                .toList());
    }

    @BeforeEach
    void follow() {
        database.setUrl(TestPostgres.newDatabase());
        ReplaysSchema.migrate(database);
        replays = new Replays(database);
        new Versions(database).register(new KnownProjection(MODEL, PARTITIONS, true, 1));
        id = replays.start(MODEL, ReplayWish.manual(), "ada").id();
        tellUpToDate(database, MODEL, 1);
        tellUpToDate(database, MODEL, 2);
        replays.caughtUp(id, 40);
    }

    @Test
    void a_version_that_is_up_to_date_and_proved_is_switched_to() {
        reached(100_000, 50, 50);

        assertThatCode(() -> replays.switchOver(id, "ada")).doesNotThrowAnyException();
    }

    @Test
    void one_with_a_range_that_nobody_counted_is_not() {
        reached(100_000, 50, null);

        assertRefused(Reason.UNPROVED);
    }

    @Test
    void one_that_handled_something_else_than_was_stored_is_not() {
        reached(100_000, 50, 51);

        assertRefused(Reason.UNPROVED);
    }

    @Test
    void one_of_which_the_last_range_was_not_counted_or_is_not_the_same_is_not() throws SQLException {
        execute(
                "UPDATE replays.tail SET stored_count = NULL, stored_checksum = NULL WHERE partition = 1 AND version = 2");
        assertRefused(Reason.UNPROVED);
        execute("UPDATE replays.tail SET stored_count = 41, stored_checksum = 7 WHERE partition = 1 AND version = 2");
        assertRefused(Reason.UNPROVED);
        execute("DELETE FROM replays.tail WHERE partition = 1 AND version = 2");
        assertRefused(Reason.UNPROVED);
    }

    @Test
    void one_that_rests_is_not_until_it_is_resumed() {
        replays.pause(id, "ada");
        assertRefused(Reason.PAUSED);
        replays.resume(id, "ada");

        assertThatCode(() -> replays.switchOver(id, "ada")).doesNotThrowAnyException();
    }

    @Test
    void one_on_which_a_partition_is_behind_is_not() throws SQLException {
        behind(2, 1, "1 minute");
        assertRefused(Reason.BEHIND);

        behind(1, 0, "1 minute");
        assertRefused(Reason.BEHIND);

        behind(1, 1, "1 minute");
        assertThatCode(() -> replays.switchOver(id, "ada"))
                .as("readers see nothing older than before")
                .doesNotThrowAnyException();
    }

    @Test
    void who_waits_is_given_it_when_it_is_there_and_refused_when_it_is_not() throws Exception {
        behind(2, 1, "1 minute");
        CompletableFuture<Replay> waiting =
                CompletableFuture.supplyAsync(() -> replays.switchOver(id, "ada", Duration.ofSeconds(20)));
        assertThatThrownBy(() -> replays.switchOver(id, "bob", Duration.ofMillis(300)))
                .isInstanceOfSatisfying(
                        ReplayRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.BEHIND));
        assertThat(waiting).isNotDone();

        tellUpToDate(database, MODEL, 2);

        assertThat(waiting.get(10, TimeUnit.SECONDS).phase()).isEqualTo(Replay.Phase.SWITCHED);
        assertThat(replays.actions(id))
                .as("what was refused is no action of it")
                .extracting(ReplayAction::action)
                .containsOnlyOnce("switch");
    }

    @Test
    void who_waits_is_refused_at_once_what_waiting_does_not_mend() {
        replays.pause(id, "ada");
        long begun = System.nanoTime();

        assertThatThrownBy(() -> replays.switchOver(id, "ada", Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(
                        ReplayRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.PAUSED));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void one_that_nobody_writes_any_more_is_not() throws SQLException {
        execute("UPDATE replays.progress SET told_at = told_at - interval '1 minute' WHERE version = 2");

        assertRefused(Reason.BEHIND);
    }

    @Test
    void one_of_which_a_partition_was_never_told_is_not() throws SQLException {
        execute("DELETE FROM replays.progress WHERE version = 2 AND partition = 2");

        assertRefused(Reason.BEHIND);
    }

    @Test
    void one_of_some_event_types_never_is() {
        replays.cancel(id, "ada");
        ReplayPart part = new ReplayPart(Set.of(), null, null, Set.of(7));
        id = replays.start(MODEL, new ReplayWish(null, ReplayWish.SwitchWhen.MANUAL, null, null, part), "ada")
                .id();
        tellUpToDate(database, MODEL, 3);
        replays.caughtUp(id, 40);

        assertRefused(Reason.PART);
    }

    private void reached(long position, long handled, @Nullable Integer stored) {
        Proofs proofs = new Proofs(database);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Position at = new Position(1, position);
            proofs.reached(MODEL, 2, partition, new Checkpoint(at, Instant.now(), 0, handled, 5));
            if (stored != null) {
                proofs.count(MODEL, 2, List.of(new Mark(partition, at, stored, 5)));
            }
        }
    }

    private void assertRefused(Reason reason) {
        assertThatThrownBy(() -> replays.switchOver(id, "ada"))
                .isInstanceOfSatisfying(
                        ReplayRefused.class, e -> assertThat(e.reason()).isEqualTo(reason));
        assertThat(new Versions(database).active(MODEL)).hasValue(1);
    }

    private void behind(int version, int partition, String interval) throws SQLException {
        execute("UPDATE replays.progress SET as_of = as_of - interval '" + interval + "' WHERE version = " + version
                + " AND partition = " + partition);
    }

    private void execute(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var change = connection.createStatement()) {
            change.execute(statement);
        }
    }
}
