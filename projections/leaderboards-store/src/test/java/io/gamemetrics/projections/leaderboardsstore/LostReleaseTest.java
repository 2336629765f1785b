package io.gamemetrics.projections.leaderboardsstore;

import static io.gamemetrics.projections.leaderboardsstore.LateScores.LATE;
import static io.gamemetrics.projections.leaderboardsstore.LateScores.NOW;
import static io.gamemetrics.projections.leaderboardsstore.LateScores.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replica takes over that had not received the last writes, and among them what had been released: it is counted all the same. */
class LostReleaseTest {

    private static final String SUM = "gm:leaderboards:{1:sum}:*";
    private static final String GAME = "gm:leaderboards:{1}:*";
    private static final String ALL = "gm:leaderboards:*";

    private LateScores late = new LateScores(1);

    @AfterEach
    void close() {
        late.close();
    }

    @Test
    void on_the_node_of_a_board_it_is_noticed_though_the_board_has_come_as_far_as_before() {
        late.park();
        Kept replica = new Kept(late.redis, SUM);
        assertThat(late.release()).isTrue();
        replica.takesOver();

        assertThat(late.list("sum")).as("it is lost there").containsExactly("2:100", "1:2");
        assertThat(late.writer.checkpoint(0)).isNull();
        late.countAgain();
        expectAll();
        assertThat(late.writer.checkpoint(0)).as("and that is all").isEqualTo(NOW);
    }

    @Test
    void together_with_what_came_behind_it() {
        late.park();
        Kept replica = new Kept(late.redis, SUM);
        assertThat(late.release()).isTrue();
        LeaderboardsBatch later = late.writer.begin();
        LateScores.score(later, "sum", LATE, 1_000, 21);
        assertThat(late.writer.commit(later, 0, NOW, LateScores.at(21), List.of()))
                .isTrue();
        replica.takesOver();

        assertThat(late.writer.checkpoint(0)).isNull();
        late.countAgain();
        LeaderboardsBatch again = late.writer.begin();
        LateScores.score(again, "sum", LATE, 1_000, 21);
        assertThat(late.writer.commit(again, 0, NOW, LateScores.at(21), List.of()))
                .isTrue();
        assertThat(late.list("sum")).containsExactly("1:1023", "2:100");
        assertThat(late.list("count")).containsExactly("1:4", "2:1");
    }

    @Test
    void a_write_to_such_a_board_notices_it_too() {
        late.park();
        Kept replica = new Kept(late.redis, SUM);
        late.release();
        replica.takesOver();

        LeaderboardsBatch later = late.writer.begin();
        LateScores.score(later, "sum", OTHER, 1, 21);
        assertThat(late.writer.commit(later, 0, NOW, LateScores.at(21), List.of()))
                .isFalse();
        assertThat(late.writer.checkpoint(0)).isNull();
        late.countAgain();
        expectAll();
    }

    @Test
    void on_the_node_of_the_partition_it_waits_again_and_is_left_out_where_it_was_written() {
        late.park();
        Kept replica = new Kept(late.redis, "gm:leaderboards:{partition-0}:*");
        late.release();
        replica.takesOver();

        assertThat(late.writer.checkpoint(0)).isEqualTo(NOW);
        assertThat(late.release()).isTrue();
        expectAll();
    }

    @Test
    void on_a_redis_that_is_one_node_all_goes_back_and_it_waits_again() {
        late.park();
        Kept replica = new Kept(late.redis, ALL);
        late.release();
        replica.takesOver();

        assertThat(late.writer.checkpoint(0)).isEqualTo(NOW);
        assertThat(late.writer.parked(0, LATE, 9)).isEqualTo(late.parked);
        assertThat(late.list("sum")).containsExactly("2:100", "1:2");
        assertThat(late.release()).isTrue();
        expectAll();
    }

    @Test
    void a_ban_that_was_released_is_not_lost_with_the_node_of_the_game() {
        late.park();
        Kept replica = new Kept(late.redis, GAME);
        LeaderboardsBatch batch = late.writer.begin();
        batch.banned(Board.GAME, LATE, null, true, new Position(3, 5), Board.NOW);
        assertThat(late.writer.commit(batch, 0, NOW, NOW, List.of(), late.parked.subList(0, 1)))
                .isTrue();
        replica.takesOver();

        assertThat(late.writer.checkpoint(0)).isNull();
        LeaderboardsBatch again = late.writer.begin();
        LateScores.define(again);
        again.banned(Board.GAME, LATE, null, true, new Position(3, 5), Board.NOW);
        assertThat(late.writer.commit(again, 0, null, NOW, List.of())).isTrue();
        assertThat(new GameRegistry(late.redis, Board.GAME).bansOn("sum")).hasSize(1);
    }

    @Test
    void nobody_is_shown_the_board_before_every_partition_has_counted_it_again() {
        late.close();
        late = new LateScores(2);
        late.park();
        late.writer.checkpoint(1);
        LeaderboardsBatch other = late.writer.begin();
        LateScores.define(other);
        LateScores.score(other, "sum", Board.player(3), 50, 10);
        Checkpoint there = LateScores.at(30);
        assertThat(late.writer.commit(other, 1, null, there, List.of())).isTrue();
        Kept replica = new Kept(late.redis, SUM);
        late.release();
        replica.takesOver();

        assertThat(late.writer.checkpoint(0)).isNull();
        late.countAgain();
        LeaderboardsReader reader = new LeaderboardsReader(late.address);
        assertThat(reader.board(Board.GAME, "sum").orElseThrow().rebuilding())
                .as("the other partition has not noticed so far")
                .isTrue();
        assertThat(late.writer.checkpoint(1)).isNull();
        LeaderboardsBatch again = late.writer.begin();
        LateScores.define(again);
        LateScores.score(again, "sum", Board.player(3), 50, 10);
        assertThat(late.writer.commit(again, 1, null, there, List.of())).isTrue();

        assertThat(late.list("sum")).containsExactly("2:100", "3:50", "1:23");
        assertThat(late.writer.checkpoint(0)).isEqualTo(NOW);
    }

    private void expectAll() {
        assertThat(late.list("sum")).containsExactly("2:100", "1:23");
        assertThat(late.list("count")).containsExactly("1:4", "2:1");
        assertThat(late.writer.quarantined(0)).isEmpty();
    }
}
