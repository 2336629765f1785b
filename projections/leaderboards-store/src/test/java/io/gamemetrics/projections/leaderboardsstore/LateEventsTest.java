package io.gamemetrics.projections.leaderboardsstore;

import static io.gamemetrics.projections.leaderboardsstore.LateScores.LATE;
import static io.gamemetrics.projections.leaderboardsstore.LateScores.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events that were parked and come behind later ones: each counts once, whatever is killed, on every board. */
class LateEventsTest {

    private final LateScores late = new LateScores(1);

    @AfterEach
    void close() {
        late.close();
    }

    @Test
    void whatever_script_is_the_last_that_is_carried_out_each_score_counts_once() {
        int failures = 0;
        for (int script = 0; script < 8; script++) {
            for (boolean done : new boolean[] {false, true}) {
                late.park();
                late.redis.failAfter(script, done);
                try {
                    late.release();
                } catch (LeaderboardsStoreException e) {
                    failures++;
                }
                late.redis.heal();
                if (!late.writer.quarantined(0).isEmpty()) {
                    assertThat(late.release()).isTrue();
                }

                assertThat(late.list("sum"))
                        .as("script %s, done %s", script, done)
                        .containsExactly("2:100", "1:23");
                assertThat(late.list("count")).containsExactly("1:4", "2:1");
                assertThat(late.writer.quarantined(0)).isEmpty();
                assertThat(late.writer.checkpoint(0)).isEqualTo(NOW);
            }
        }
        assertThat(failures).isGreaterThan(4);
    }

    @Test
    void another_instance_that_does_the_same_is_refused() {
        late.park();
        assertThat(late.release()).isTrue();

        assertThat(late.release()).isFalse();
        assertThat(late.list("sum")).containsExactly("2:100", "1:23");
    }

    @Test
    void what_comes_afterwards_is_counted_as_ever() {
        late.park();
        late.release();
        LeaderboardsBatch later = late.writer.begin();
        LateScores.score(later, "sum", LATE, 1_000, 21);
        assertThat(late.writer.commit(later, 0, NOW, LateScores.at(21), List.of()))
                .isTrue();

        assertThat(late.list("sum")).containsExactly("1:1023", "2:100");
    }

    @Test
    void boards_that_have_late_events_leave_them_out_when_all_is_counted_again() {
        late.park();
        late.release();
        // One board is lost as a whole, the other is as it was.
        Keys.Board lost = new Keys.Board(Board.GAME, "count");
        late.redis.keys().ofScripts(lost).forEach(late.redis::delete);
        for (Period period : Period.around(Board.NOW.atZone(ZoneOffset.UTC).toLocalDate())) {
            late.redis.delete(late.redis.keys().rank(lost, period.toString()));
            late.redis.delete(late.redis.keys().state(lost, period.toString()));
        }
        assertThat(late.writer.checkpoint(0)).isNull();
        late.countAgain();

        assertThat(late.list("count")).containsExactly("1:4", "2:1");
        assertThat(late.list("sum")).containsExactly("2:100", "1:23");
    }

    @Test
    void nothing_of_a_player_who_is_purged_stays() {
        late.park();
        late.release();
        LeaderboardsCleaner cleaner = new LeaderboardsCleaner(late.address);
        assertThat(cleaner.scan(Needles.of(List.of(LATE.toString())))).isNotEmpty();
        Purging.run(late.address, 1, LATE);

        assertThat(cleaner.scan(Needles.of(List.of(LATE.toString())))).isEmpty();
    }

    @Test
    void some_of_what_waits_may_be_released_and_the_rest_goes_on_waiting() {
        late.park();
        LeaderboardsBatch batch = late.writer.begin();
        LateScores.score(batch, "sum", LATE, 5, 5);
        ParkedEvent next = late.parked.get(1).because("handler.failed");
        assertThat(late.writer.commit(batch, 0, NOW, NOW, List.of(next), late.parked.subList(0, 1)))
                .isTrue();

        assertThat(late.writer.quarantined(0)).containsExactly(new QuarantinedStream(next, new Position(3, 9), 2));
        assertThat(late.writer.parked(0, LATE, 9)).containsExactly(next, late.parked.get(2));
        assertThat(late.writer.parked(0, LATE, 1)).containsExactly(next);
        assertThat(late.list("sum")).containsExactly("2:100", "1:7");
    }
}
