package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Operator;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.SortOrder;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Two boards, {@code sum} and {@code count}, with a score of a player before, three of that player that wait, 5 + 7 + 9, and
 * one of another player behind those.
 */
final class LateScores implements AutoCloseable {

    static final UUID LATE = Board.player(1);
    static final UUID OTHER = Board.player(2);
    static final Checkpoint START = at(3);
    static final Checkpoint NOW = at(20);

    final List<ParkedEvent> parked = List.of(
            new ParkedEvent(new Position(3, 5), LATE, 1, "handler.failed"),
            new ParkedEvent(new Position(3, 7), LATE, 2, "stream.waits"),
            new ParkedEvent(new Position(3, 9), LATE, 3, "stream.waits"));

    final LeaderboardsRedis address = LeaderboardsRedis.at(TestRedis.url());
    final FailingRedis redis = new FailingRedis(address);
    final LeaderboardsWriter writer;

    /** @param partitions of the stream; all that is written here is of the first */
    LateScores(int partitions) {
        writer = new LeaderboardsWriter(redis, partitions, Clock.fixed(Board.NOW, ZoneOffset.UTC));
    }

    @Override
    public void close() {
        address.close();
    }

    /** Everything before the release, on a Redis that is emptied first. */
    void park() {
        define();
        assertThat(parkWithOthers()).isTrue();
    }

    /** The boards alone, on a Redis that is emptied first. */
    void define() {
        new LeaderboardsCleaner(address).drop();
        writer.checkpoint(0);
        LeaderboardsBatch first = writer.begin();
        define(first);
        assertThat(writer.commit(first, 0, null, START, List.of())).isTrue();
    }

    /** Scores before and behind those that wait, and these, in one. */
    boolean parkWithOthers() {
        LeaderboardsBatch batch = writer.begin();
        others(batch);
        return writer.commit(batch, 0, START, NOW, parked);
    }

    /** What waits is applied. */
    boolean release() {
        LeaderboardsBatch batch = writer.begin();
        lateScores(batch);
        return writer.commit(batch, 0, NOW, NOW, List.of(), parked);
    }

    /** All of the partition from its beginning, in order; nothing waits. */
    void countAgain() {
        countAll(null);
    }

    void countAll(@Nullable Checkpoint expected) {
        LeaderboardsBatch again = writer.begin();
        define(again);
        for (String board : List.of("sum", "count")) {
            score(again, board, LATE, 2, 4);
        }
        lateScores(again);
        for (String board : List.of("sum", "count")) {
            score(again, board, OTHER, 100, 20);
        }
        assertThat(writer.commit(again, 0, expected, NOW, List.of())).isTrue();
    }

    static void define(LeaderboardsBatch batch) {
        batch.zone(Board.GAME, ZoneId.of("UTC"), new Position(3, 1));
        batch.board(Board.GAME, "sum", "SUM", "DESC", "NEVER", new Position(3, 2));
        batch.board(Board.GAME, "count", "COUNT", "DESC", "NEVER", new Position(3, 3));
    }

    private static void others(LeaderboardsBatch batch) {
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

    static void score(LeaderboardsBatch batch, String board, UUID player, long score, long number) {
        batch.score(Board.GAME, player, board, score, Board.NOW, new Position(3, number), Board.NOW);
    }

    /** The list as {@code player:score}. */
    List<String> list(String board) {
        Operator operator = Operator.valueOf(board.toUpperCase(Locale.ROOT));
        BoardRule rule = new BoardRule(operator, SortOrder.DESC, BoardRule.Reset.NEVER, ZoneId.of("UTC"));
        return new ArrayList<>(new LeaderboardsReader(address)
                .page(Board.GAME, board, rule, Period.ALL_TIME, PageRequest.first(9)).orElseThrow().entries().stream()
                        .map(entry -> Board.number(entry) + ":" + entry.score())
                        .toList());
    }

    static Checkpoint at(long number) {
        return new Checkpoint(new Position(3, number), Board.NOW, number, number, number);
    }
}
