package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Operator;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.SortOrder;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisConnection;

class BoardTest {

    private static final long MAX = (1L << 53) - 1;

    private static LeaderboardsRedis redis;

    @BeforeAll
    static void connect() {
        redis = LeaderboardsRedis.at(TestRedis.url());
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @Test
    void scores_next_to_each_other_at_the_bound_are_told_apart() {
        Board board = new Board(redis, Operator.BEST, SortOrder.DESC)
                .score(1, MAX - 1)
                .score(2, MAX)
                .score(3, -MAX)
                .score(4, -MAX + 1);
        assertThat(board.list()).containsExactly("2:" + MAX, "1:" + (MAX - 1), "4:" + (-MAX + 1), "3:" + -MAX);
    }

    @Test
    void who_reached_a_score_first_stands_first_and_then_whose_event_was_stored_first() {
        Board board = new Board(redis, Operator.BEST, SortOrder.DESC)
                .score(1, 5, Board.NOW.plusMillis(1))
                .score(2, 5, Board.NOW)
                .score(3, 5, Board.NOW.plusMillis(1))
                .score(4, 5, Board.NOW);
        assertThat(board.list()).containsExactly("2:5", "4:5", "1:5", "3:5");
    }

    @Test
    void a_sum_past_the_bound_is_shown_at_it_and_marked_and_comes_back_exactly() {
        Board board = new Board(redis, Operator.SUM, SortOrder.DESC)
                .score(1, MAX)
                .score(2, MAX)
                .score(2, MAX)
                .score(2, 2);
        assertThat(board.list()).containsExactly("2:" + MAX + "!", "1:" + MAX);

        board.score(2, -MAX).score(2, -MAX).score(1, -MAX).score(1, -MAX).score(1, -1);
        assertThat(board.list()).containsExactly("2:2", "1:" + -MAX + "!");
    }

    @Test
    void the_latest_score_is_the_one_that_occurred_last_whenever_it_came() {
        Board board = new Board(redis, Operator.LATEST, SortOrder.ASC)
                .score(1, 3, Board.NOW)
                .score(1, 9, Board.NOW.minusSeconds(1))
                .score(2, 4, Board.NOW);
        assertThat(board.list()).containsExactly("1:3", "2:4");
    }

    @Test
    void linked_players_are_one_entry_also_on_a_board_that_is_defined_later() {
        Board board = new Board(redis, Operator.SUM, SortOrder.DESC)
                .score(1, 3)
                .score(2, 4)
                .link(2, 1)
                .score(2, 5)
                .score(1, 1);
        assertThat(board.list()).containsExactly("1:13");
        assertThat(board.standing(2, 1).entry().orElseThrow().rank()).isEqualTo(1);

        board.write(batch -> batch.board(Board.GAME, "later", "COUNT", "DESC", "NEVER", board.at()));
        board.write(batch -> batch.score(Board.GAME, Board.player(2), "later", 5, Board.NOW, board.at(), Board.NOW));
        assertThat(board.page("later").entries()).extracting(Board::number).containsExactly(1);
    }

    @Test
    void who_is_banned_goes_on_being_counted_and_comes_back_where_the_scores_put_them() {
        Board board = new Board(redis, Operator.COUNT, SortOrder.DESC)
                .score(1, 0)
                .score(2, 0)
                .score(2, 0)
                .ban(2, true)
                .score(2, 0);
        assertThat(board.list()).containsExactly("1:1");
        assertThat(board.standing(2, 3).entry()).isEmpty();
        assertThat(board.standing(2, 3).around()).isEmpty();
        assertThat(board.ban(2, false).list()).containsExactly("2:3", "1:1");
    }

    @Test
    void a_ban_of_all_boards_and_one_of_a_board_are_lifted_apart() {
        Board board =
                new Board(redis, Operator.COUNT, SortOrder.DESC).score(1, 0).ban(1, true);
        banEverywhere(board, true);
        assertThat(board.ban(1, false).list()).isEmpty();
        banEverywhere(board, false);
        assertThat(board.list()).containsExactly("1:1");
    }

    @Test
    void a_person_is_hidden_by_a_ban_of_a_linked_player_also_on_a_board_defined_later_where_that_player_never_scores() {
        Board board = new Board(redis, Operator.COUNT, SortOrder.DESC).link(1, 2);
        banEverywhere(board, true);
        board.write(batch -> batch.board(Board.GAME, "later", "COUNT", "DESC", "NEVER", board.at()));
        board.write(batch -> batch.score(Board.GAME, Board.player(2), "later", 5, Board.NOW, board.at(), Board.NOW));
        assertThat(board.page("later").entries()).isEmpty();
        banEverywhere(board, false);
        assertThat(board.page("later").entries()).hasSize(1);
    }

    private static void banEverywhere(Board board, boolean banned) {
        board.write(batch -> batch.banned(Board.GAME, Board.player(1), null, banned, board.at(), Board.NOW));
    }

    @Test
    void the_share_of_the_others_behind_is_one_for_the_first_and_zero_for_the_last() {
        Board board = new Board(redis, Operator.BEST, SortOrder.ASC).score(1, 1);
        assertThat(board.standing(1, 1).entry().orElseThrow().percentile()).isEmpty();
        board.score(2, 2).score(3, 3).score(4, 4);
        assertThat(board.page(PageRequest.first(4)).entries())
                .extracting(entry -> entry.percentile().orElseThrow())
                .containsExactly(
                        new BigDecimal("1.000000"),
                        new BigDecimal("0.666667"),
                        new BigDecimal("0.333333"),
                        new BigDecimal("0.000000"));
    }

    @Test
    void a_score_of_a_board_that_was_not_defined_counts_nowhere_also_when_it_is_defined_later() {
        Board board = new Board(redis, Operator.BEST, SortOrder.DESC);
        board.write(batch -> {
            batch.score(Board.GAME, Board.player(1), "new", 5, Board.NOW, board.at(), Board.NOW);
            batch.board(Board.GAME, "new", "BEST", "DESC", "NEVER", board.at());
        });
        assertThat(board.page("new").total()).isZero();
    }

    @Test
    void who_is_purged_is_nowhere_and_the_linked_are_persons_of_their_own_again() {
        Board board = new Board(redis, Operator.SUM, SortOrder.DESC)
                .score(1, 3)
                .score(2, 4)
                .score(3, 5)
                .link(2, 1)
                .ban(1, false);
        LeaderboardsCleaner cleaner = new LeaderboardsCleaner(redis);
        Needles needles = Needles.of(List.of(Board.player(1).toString()));
        Pseudonym player = new Pseudonym(Board.player(1));
        assertThat(cleaner.scan(needles)).isNotEmpty();
        // All time, a day, a week and a month.
        assertThat(cleaner.held(Board.GAME, player)).isEqualTo(Map.of("value", 4L, "link", 1L, "ban", 1L));

        board.write(batch -> batch.erased(Board.GAME, Board.player(1), board.at()));

        assertThat(cleaner.scan(needles)).isEmpty();
        assertThat(cleaner.held(Board.GAME, player)).isEmpty();
        assertThat(board.list()).containsExactly("3:5", "2:4");
        assertThat(board.score(2, 2).list()).containsExactly("2:6", "3:5");
    }

    @Test
    void a_control_is_found_in_every_key_and_kind_of_key() {
        new Board(redis, Operator.SUM, SortOrder.DESC)
                .score(1, 3)
                .score(2, 4)
                .link(2, 1)
                .ban(1, false);
        String control = "planted \"control\"-1987";
        Needles needles = Needles.of(List.of(control));
        Redis direct = new Redis(redis, 1);
        LeaderboardsCleaner cleaner = new LeaderboardsCleaner(redis);
        byte[] planted = Bytes.of(control);
        byte[] before = Bytes.of("before " + control + " and behind");
        List<byte[]> keys = new ArrayList<>();
        direct.onConnection(
                connection -> AllKeys.forEach(connection, direct.keys().pattern(), keys::add));
        assertThat(keys).hasSizeGreaterThan(10);
        for (byte[] key : keys) {
            assertThat(cleaner.scan(needles)).isEmpty();
            direct.onConnection(connection -> {
                switch (Objects.requireNonNull(connection.keyCommands().type(key))) {
                    case HASH -> connection.hashCommands().hSet(key, planted, before);
                    case ZSET -> connection.zSetCommands().zAdd(key, 1, before);
                    case SET -> connection.setCommands().sAdd(key, before);
                    default -> throw new AssertionError("a kind of key nothing is planted in");
                }
            });

            assertThat(cleaner.scan(needles)).singleElement().satisfies(hit -> assertThat(hit.place())
                    .isEqualTo(URLDecoder.decode(Bytes.text(key), StandardCharsets.UTF_8)));
            direct.onConnection(connection -> {
                switch (Objects.requireNonNull(connection.keyCommands().type(key))) {
                    case HASH -> connection.hashCommands().hDel(key, planted);
                    case ZSET -> connection.zSetCommands().zRem(key, before);
                    default -> connection.setCommands().sRem(key, before);
                }
            });
        }
    }

    @Test
    void a_changed_list_is_told_with_its_position_and_an_unchanged_one_is_not() throws Exception {
        Board board = new Board(redis, Operator.BEST, SortOrder.DESC);
        BlockingQueue<ChangeNotice> heard = new LinkedBlockingQueue<>();
        try (RedisConnection listening = redis.connections().getConnection()) {
            listening.subscribe(
                    (message, pattern) -> heard.add(ChangeNotice.parse(Bytes.text(message.getBody()))),
                    Bytes.of(ChangeNotice.channel(1, Board.GAME)));
            board.score(1, 5).score(1, 4).score(2, 4);
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(new ChangeNotice(Board.ID, position(3)));
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(new ChangeNotice(Board.ID, position(5)));
        }
    }

    private static Position position(long number) {
        return new Position(3, number);
    }

    @Test
    void what_scripts_could_not_hold_exactly_is_refused() {
        LeaderboardsBatch batch = new LeaderboardsWriter(redis, 1, Clock.systemUTC()).begin();
        assertThatThrownBy(() -> batch.score(1, Board.player(1), "b", MAX + 1, Board.NOW, position(1), Board.NOW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.score(1, Board.player(1), "b", 1, Instant.MIN, position(1), Board.NOW))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> batch.score(1, Board.player(1), "b", 1, Board.NOW, position(1L << 48), Board.NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
