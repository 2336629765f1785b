package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Operator;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.SortOrder;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that were parked and come behind later ones: each counts once, whatever is killed, on every board. */
class LateEventsTest {

    private static final UUID LATE = Board.player(1);
    private static final UUID OTHER = Board.player(2);
    private static final Checkpoint START = at(3);
    private static final Checkpoint NOW = at(20);

    /** Scores that wait: 5 + 7 + 9, on two boards. */
    private final List<ParkedEvent> parked = List.of(
            new ParkedEvent(new Position(3, 5), LATE, 1, "handler.failed"),
            new ParkedEvent(new Position(3, 7), LATE, 2, "stream.waits"),
            new ParkedEvent(new Position(3, 9), LATE, 3, "stream.waits"));

    private LeaderboardsRedis address;
    private FailingRedis redis;
    private LeaderboardsWriter writer;

    @BeforeEach
    void begin() {
        address = LeaderboardsRedis.at(TestRedis.url());
        redis = new FailingRedis(address);
        writer = new LeaderboardsWriter(redis, 1, Clock.fixed(Board.NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        address.close();
    }

    @Test
    void whatever_script_is_the_last_that_is_carried_out_each_score_counts_once() {
        int failures = 0;
        for (int script = 0; script < 8; script++) {
            for (boolean done : new boolean[] {false, true}) {
                park();
                redis.failAfter(script, done);
                try {
                    release();
                } catch (LeaderboardsStoreException e) {
                    failures++;
                }
                redis.heal();
                if (!writer.quarantined(0).isEmpty()) {
                    assertThat(release()).isTrue();
                }

                assertThat(list("sum")).as("script %s, done %s", script, done).containsExactly("2:100", "1:23");
                assertThat(list("count")).containsExactly("1:4", "2:1");
                assertThat(writer.quarantined(0)).isEmpty();
                assertThat(writer.checkpoint(0)).isEqualTo(NOW);
            }
        }
        assertThat(failures).isGreaterThan(4);
    }

    @Test
    void another_instance_that_does_the_same_is_refused() {
        park();
        assertThat(release()).isTrue();

        assertThat(release()).isFalse();
        assertThat(list("sum")).containsExactly("2:100", "1:23");
    }

    @Test
    void what_comes_afterwards_is_counted_as_ever() {
        park();
        release();
        LeaderboardsBatch later = writer.begin();
        score(later, "sum", LATE, 1_000, 21);
        assertThat(writer.commit(later, 0, NOW, at(21), List.of())).isTrue();

        assertThat(list("sum")).containsExactly("1:1023", "2:100");
    }

    @Test
    void boards_that_have_late_events_leave_them_out_when_all_is_counted_again() {
        park();
        release();
        // One board is lost as a whole, the other is as it was.
        Keys.Board lost = new Keys.Board(Board.GAME, "count");
        redis.keys().ofScripts(lost).forEach(redis::delete);
        for (Period period : Period.around(Board.NOW.atZone(ZoneOffset.UTC).toLocalDate())) {
            redis.delete(redis.keys().rank(lost, period.toString()));
            redis.delete(redis.keys().state(lost, period.toString()));
        }
        assertThat(writer.checkpoint(0)).isNull();
        LeaderboardsBatch again = writer.begin();
        define(again);
        score(again, "sum", LATE, 2, 4);
        score(again, "count", LATE, 2, 4);
        lateScores(again);
        score(again, "sum", OTHER, 100, 20);
        score(again, "count", OTHER, 100, 20);
        assertThat(writer.commit(again, 0, null, NOW, List.of())).isTrue();

        assertThat(list("count")).containsExactly("1:4", "2:1");
        assertThat(list("sum")).containsExactly("2:100", "1:23");
    }

    @Test
    void nothing_of_a_player_who_is_purged_stays() {
        park();
        release();
        LeaderboardsCleaner cleaner = new LeaderboardsCleaner(address);
        assertThat(cleaner.scan(Needles.of(List.of(LATE.toString())))).isNotEmpty();
        Purging.run(address, 1, LATE);

        assertThat(cleaner.scan(Needles.of(List.of(LATE.toString())))).isEmpty();
    }

    @Test
    void some_of_what_waits_may_be_released_and_the_rest_goes_on_waiting() {
        park();
        LeaderboardsBatch batch = writer.begin();
        score(batch, "sum", LATE, 5, 5);
        ParkedEvent next = parked.get(1).because("handler.failed");
        assertThat(writer.commit(batch, 0, NOW, NOW, List.of(next), parked.subList(0, 1)))
                .isTrue();

        assertThat(writer.quarantined(0)).containsExactly(new QuarantinedStream(next, new Position(3, 9), 2));
        assertThat(writer.parked(0, LATE, 9)).containsExactly(next, parked.get(2));
        assertThat(writer.parked(0, LATE, 1)).containsExactly(next);
        assertThat(list("sum")).containsExactly("2:100", "1:7");
    }

    /** Two boards, a score of the late player before, one of another behind what waits. */
    private void park() {
        new LeaderboardsCleaner(address).drop();
        writer.checkpoint(0);
        LeaderboardsBatch first = writer.begin();
        define(first);
        assertThat(writer.commit(first, 0, null, START, List.of())).isTrue();
        LeaderboardsBatch batch = writer.begin();
        all(batch);
        assertThat(writer.commit(batch, 0, START, NOW, parked)).isTrue();
    }

    private static void define(LeaderboardsBatch batch) {
        batch.zone(Board.GAME, ZoneId.of("UTC"), new Position(3, 1));
        batch.board(Board.GAME, "sum", "SUM", "DESC", "NEVER", new Position(3, 2));
        batch.board(Board.GAME, "count", "COUNT", "DESC", "NEVER", new Position(3, 3));
    }

    private static void all(LeaderboardsBatch batch) {
        for (String board : List.of("sum", "count")) {
            score(batch, board, LATE, 2, 4);
            score(batch, board, OTHER, 100, 20);
        }
    }

    private static void lateScores(LeaderboardsBatch batch) {
        for (String board : List.of("sum", "count")) {
            score(batch, board, LATE, 5, 5);
            score(batch, board, LATE, 7, 7);
            score(batch, board, LATE, 9, 9);
        }
    }

    private boolean release() {
        LeaderboardsBatch batch = writer.begin();
        lateScores(batch);
        return writer.commit(batch, 0, NOW, NOW, List.of(), parked);
    }

    private static void score(LeaderboardsBatch batch, String board, UUID player, long score, long number) {
        batch.score(Board.GAME, player, board, score, Board.NOW, new Position(3, number), Board.NOW);
    }

    private List<String> list(String board) {
        Operator operator = Operator.valueOf(board.toUpperCase(Locale.ROOT));
        BoardRule rule = new BoardRule(operator, SortOrder.DESC, BoardRule.Reset.NEVER, ZoneId.of("UTC"));
        return new ArrayList<>(new LeaderboardsReader(address)
                .page(Board.GAME, board, rule, Period.ALL_TIME, PageRequest.first(9)).orElseThrow().entries().stream()
                        .map(entry -> Board.number(entry) + ":" + entry.score())
                        .toList());
    }

    private static Checkpoint at(long number) {
        return new Checkpoint(new Position(3, number), Board.NOW, number, number, number);
    }
}
