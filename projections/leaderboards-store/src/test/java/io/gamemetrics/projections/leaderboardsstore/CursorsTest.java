package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Operator;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.SortOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {

    private static final int RESTING = 60;

    /** Those with even numbers never move; the others do all the time, between the pages and among equal scores. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pages_neither_repeat_nor_lose_an_entry_that_did_not_move_whatever_is_written(boolean fromEnd) {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        try (LeaderboardsRedis redis = LeaderboardsRedis.at(TestRedis.url())) {
            Board board = new Board(redis, Operator.LATEST, SortOrder.DESC);
            board.write(batch -> IntStream.range(0, 2 * RESTING)
                    .forEach(player -> batch.score(
                            Board.GAME, Board.player(player), Board.ID, player % 7, Board.NOW, board.at(), Board.NOW)));
            List<String> before = resting(board.page(PageRequest.first(200)).entries());
            List<String> seen = new ArrayList<>();
            @Nullable Cursor cursor = null;
            Page page;
            do {
                page = board.page(new PageRequest(
                        1 + random.nextInt(9), fromEnd, fromEnd ? null : cursor, fromEnd ? cursor : null));
                seen.addAll(fromEnd ? 0 : seen.size(), resting(page.entries()));
                if (!page.entries().isEmpty()) {
                    cursor = (fromEnd
                                    ? page.entries().getFirst()
                                    : page.entries().getLast())
                            .cursor();
                }
                for (int i = 0; i < 15; i++) {
                    int moving = 1 + 2 * random.nextInt(RESTING);
                    if (random.nextInt(4) == 0) {
                        board.ban(moving, random.nextBoolean());
                    } else {
                        board.score(moving, random.nextInt(7), Board.NOW.plusMillis(random.nextInt(3)));
                    }
                }
            } while (fromEnd ? page.hasPrevious() : page.hasNext());
            assertThat(seen).as("seed %s", seed).isEqualTo(before);
        }
    }

    @Test
    void a_page_may_lie_between_two_places() {
        try (LeaderboardsRedis redis = LeaderboardsRedis.at(TestRedis.url())) {
            Board board = new Board(redis, Operator.BEST, SortOrder.ASC);
            IntStream.range(0, 10).forEach(player -> board.score(player, player));
            List<Entry> all = board.page(PageRequest.first(10)).entries();

            Page page = board.page(
                    new PageRequest(3, true, all.get(1).cursor(), all.get(7).cursor()));
            assertThat(page.entries()).isEqualTo(all.subList(4, 7));
            assertThat(page.hasPrevious()).isTrue();
            assertThat(page.hasNext()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AQ", "!", "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AX_4AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void what_was_not_given_out_is_no_cursor(String text) {
        assertThatThrownBy(() -> Cursor.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> resting(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> Board.number(entry) % 2 == 0)
                .map(entry -> Board.number(entry) + ":" + entry.score())
                .toList();
    }
}
