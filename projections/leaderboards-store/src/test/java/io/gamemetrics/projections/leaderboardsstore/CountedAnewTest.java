package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Operator;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Reset;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.SortOrder;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRules.Change;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a second version makes of boards whose rules changed. */
class CountedAnewTest {

    private static final int GAME = 4;
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Instant LATE = Instant.parse("2026-03-01T20:00:00Z");

    private LeaderboardsRedis redis;

    @BeforeEach
    void connect() {
        redis = LeaderboardsRedis.at(TestRedis.url());
        new LeaderboardsCleaner(redis).dropAll();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void it_goes_by_the_rule_the_board_was_given_last() {
        write(1, BoardRules.NONE);
        assertThat(board(1).rule()).isEqualTo(rule(Operator.BEST, UTC));
        assertThat(board(1).needsReplay()).isTrue();
        assertThat(scores(1, Period.ALL_TIME)).containsExactly(7L);
        BoardRules wanted =
                BoardRules.of(new LeaderboardsRules(redis, 1).wanted().texts());
        write(2, wanted);

        assertThat(board(2).rule()).isEqualTo(rule(Operator.SUM, TOKYO));
        assertThat(board(2).needsReplay()).isFalse();
        assertThat(scores(2, Period.ALL_TIME)).containsExactly(12L);
        assertThat(scores(2, Period.parse("2026-03-02")))
                .as("by the days of Tokyo")
                .containsExactly(12L);
        assertThat(scores(1, Period.ALL_TIME)).as("the old version").containsExactly(7L);
    }

    @Test
    void what_would_be_counted_otherwise_is_told_board_by_board() {
        write(1, BoardRules.NONE);
        LeaderboardsRules rules = new LeaderboardsRules(redis, 1);
        Change change = new Change(GAME, "arena", rule(Operator.BEST, UTC), rule(Operator.SUM, TOKYO));
        assertThat(rules.changed())
                .containsExactlyInAnyOrder(
                        change, new Change(GAME, "other", rule(Operator.COUNT, UTC), rule(Operator.COUNT, TOKYO)));
        assertThat(change.isOfZoneAlone()).isFalse();
        assertThat(rules.changed()).filteredOn(Change::isOfZoneAlone).hasSize(1);
        write(2, rules.wanted());

        assertThat(new LeaderboardsRules(redis, 2).changed()).isEmpty();
    }

    @Test
    void a_board_that_is_made_goes_on_by_its_rule_whatever_it_is_opened_with() {
        write(2, BoardRules.NONE);
        LeaderboardsWriter again =
                new LeaderboardsWriter(redis, 2, 1, clock(), new LeaderboardsRules(redis, 2).wanted());
        LeaderboardsBatch batch = again.begin();
        batch.score(GAME, Board.player(1), "arena", 9, LATE, at(8), LATE);
        assertThat(again.commit(batch, 0, again.checkpoint(0), checkpoint(8), List.of()))
                .isTrue();

        assertThat(scores(2, Period.ALL_TIME)).containsExactly(9L);
        assertThat(board(2).needsReplay()).isTrue();
    }

    @Test
    void what_redis_lost_is_counted_again_by_the_same_rule() {
        write(1, BoardRules.NONE);
        BoardRules wanted = new LeaderboardsRules(redis, 1).wanted();
        write(2, wanted);
        new LeaderboardsCleaner(redis, 2).drop();
        write(2, wanted);

        assertThat(scores(2, Period.ALL_TIME)).containsExactly(12L);
    }

    /** A history in which the rule of one board, and the zone of both, change after two scores. */
    private void write(int version, BoardRules rules) {
        LeaderboardsWriter writer = new LeaderboardsWriter(redis, version, 1, clock(), rules);
        LeaderboardsBatch batch = writer.begin();
        batch.zone(GAME, UTC, at(1));
        batch.board(GAME, "arena", "BEST", "DESC", "NEVER", at(2));
        batch.board(GAME, "other", "COUNT", "DESC", "NEVER", at(3));
        batch.score(GAME, Board.player(1), "arena", 5, LATE, at(4), LATE);
        batch.score(GAME, Board.player(1), "arena", 7, LATE, at(5), LATE);
        batch.board(GAME, "arena", "SUM", "DESC", "NEVER", at(6));
        batch.zone(GAME, TOKYO, at(7));
        assertThat(writer.commit(batch, 0, writer.checkpoint(0), checkpoint(7), List.of()))
                .isTrue();
    }

    private Leaderboard board(int version) {
        return new LeaderboardsReader(redis, () -> version).board(GAME, "arena").orElseThrow();
    }

    private List<Long> scores(int version, Period period) {
        BoardRule rule = Objects.requireNonNull(board(version).rule());
        return new LeaderboardsReader(redis, () -> version)
                .page(GAME, "arena", rule, period, PageRequest.first(9)).orElseThrow().entries().stream()
                        .map(Entry::score)
                        .toList();
    }

    private static BoardRule rule(Operator operator, ZoneId zone) {
        return new BoardRule(operator, SortOrder.DESC, Reset.NEVER, zone);
    }

    private static Checkpoint checkpoint(long number) {
        return new Checkpoint(at(number), LATE, 1, 0, 0);
    }

    private static Position at(long number) {
        return new Position(3, number);
    }

    private static Clock clock() {
        return Clock.fixed(Board.NOW, ZoneOffset.UTC);
    }
}
