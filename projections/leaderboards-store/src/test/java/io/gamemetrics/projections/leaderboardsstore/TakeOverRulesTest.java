package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A board of each of two games, by SUM, that was given another rule since: one game is taken over, the other rebuilt. */
class TakeOverRulesTest {

    private static final int TAKEN = 4;
    private static final int REBUILT = 5;
    private static final String BOARD = "arena";

    private final TwoVersions versions = new TwoVersions();

    @AfterEach
    void close() {
        versions.close();
    }

    @Test
    void a_board_that_is_taken_over_and_lost_is_counted_again_by_the_rule_it_had() {
        play(writer(1, BoardRules.NONE), TAKEN, REBUILT);
        LeaderboardsTakeOver.run(versions.redis, 2, 1, new LeftOut(Set.of(REBUILT), parked -> OptionalInt.empty()));
        BoardRules begun = new LeaderboardsRules(versions.redis, 1)
                .wanted()
                .with(new LeaderboardsRules(versions.redis, 2).takenOver());
        play(writer(2, begun), REBUILT);
        assertThat(board(TAKEN)).isEqualTo("SUM 12");
        assertThat(board(REBUILT)).as("by what it was given last").isEqualTo("BEST 7");

        Redis built = versions.direct(2);
        built.remove(built.keys().meta(new Keys.Board(TAKEN, BOARD)), Bytes.of(BroughtPart.TAKEN));
        LeaderboardsWriter again = writer(2, begun);
        assertThat(again.checkpoint(0)).as("its mark is gone").isNull();
        assertThat(built.count(built.keys().meta(new Keys.Board(TAKEN, BOARD))))
                .as("and so it is as a whole")
                .isZero();
        play(again, TAKEN, REBUILT);

        assertThat(board(TAKEN)).isEqualTo("SUM 12");
        assertThat(board(REBUILT)).isEqualTo("BEST 7");
    }

    @Test
    void where_nothing_was_taken_over_there_is_no_such_rule() {
        play(writer(1, BoardRules.NONE), TAKEN, REBUILT);

        assertThat(new LeaderboardsRules(versions.redis, 1).takenOver().texts()).isEmpty();
        assertThat(new LeaderboardsRules(versions.redis, 2).takenOver().texts()).isEmpty();
    }

    /** The history of some games, to its end. */
    private static void play(LeaderboardsWriter writer, int... games) {
        Checkpoint before = writer.checkpoint(0);
        LeaderboardsBatch batch = writer.begin();
        for (int game : games) {
            batch.zone(game, ZoneId.of("UTC"), at(1, game));
            batch.board(game, BOARD, "SUM", "DESC", "NEVER", at(2, game));
            batch.score(game, Board.player(game), BOARD, 5, Board.NOW, at(3, game), Board.NOW);
            batch.score(game, Board.player(game), BOARD, 7, Board.NOW, at(4, game), Board.NOW);
            batch.board(game, BOARD, "BEST", "DESC", "NEVER", at(5, game));
        }
        Checkpoint end = new Checkpoint(new Position(3, 100), Board.NOW, 1, 0, 0);
        assertThat(writer.commit(batch, 0, before, end, List.of())).isTrue();
    }

    private static Position at(int step, int game) {
        return new Position(3, 10L * step + game);
    }

    private LeaderboardsWriter writer(int version, BoardRules rules) {
        return new LeaderboardsWriter(versions.redis, version, 1, Clock.fixed(Board.NOW, ZoneOffset.UTC), rules);
    }

    /** The second version's operator and its first score. */
    private String board(int game) {
        LeaderboardsReader reader = new LeaderboardsReader(versions.redis, () -> 2);
        BoardRule rule =
                Objects.requireNonNull(reader.board(game, BOARD).orElseThrow().rule());
        return rule.operator()
                + " "
                + reader.page(game, BOARD, rule, Period.ALL_TIME, PageRequest.first(9))
                        .orElseThrow()
                        .entries()
                        .getFirst()
                        .score();
    }
}
