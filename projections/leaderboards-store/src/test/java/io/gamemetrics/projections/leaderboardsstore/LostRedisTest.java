package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Operator;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.SortOrder;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisConnection;

class LostRedisTest {

    private LeaderboardsRedis redis;

    @BeforeEach
    void connect() {
        redis = LeaderboardsRedis.at(TestRedis.url());
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void an_emptied_redis_is_noticed_by_the_next_flush_and_shows_nothing_before_all_is_counted_again() {
        Board board = new Board(redis, Operator.BEST, SortOrder.DESC).score(1, 5);
        assertThat(board.reader.board(Board.GAME, Board.ID).orElseThrow().rebuilding())
                .isFalse();
        assertThat(board.reader.reached()).isPresent();

        new LeaderboardsCleaner(redis).drop();
        assertThat(board.reader.board(Board.GAME, Board.ID).orElseThrow().rebuilding())
                .isTrue();
        assertThat(board.reader.reached()).isEmpty();
        assertThatThrownBy(() -> board.score(1, 6)).isInstanceOf(AssertionError.class);

        LeaderboardsWriter writer = new LeaderboardsWriter(redis, 2, Clock.fixed(Board.NOW, ZoneOffset.UTC));
        for (int partition = 0; partition < 2; partition++) {
            assertThat(writer.checkpoint(partition)).isNull();
            LeaderboardsBatch batch = writer.begin();
            batch.zone(Board.GAME, ZoneId.of("UTC"), new Position(3, 1));
            batch.board(Board.GAME, Board.ID, "BEST", "DESC", "NEVER", new Position(3, 2));
            Checkpoint half = new Checkpoint(new Position(3, 2), Board.NOW.minusMillis(1), 1, 0, 0);
            assertThat(writer.commit(batch, partition, null, half, List.of())).isTrue();
            assertThat(rebuilding(board)).isTrue();
            Checkpoint whole = new Checkpoint(new Position(3, 9), Board.NOW, 1, 0, 0);
            assertThat(writer.commit(writer.begin(), partition, half, whole, List.of()))
                    .isTrue();
            assertThat(rebuilding(board)).isEqualTo(partition == 0);
        }
    }

    private static boolean rebuilding(Board board) {
        return board.reader.board(Board.GAME, Board.ID).orElseThrow().rebuilding();
    }

    @Test
    void a_killed_redis_loses_nothing_that_is_not_counted_again() {
        new LeaderboardsCleaner(redis).drop();
        long seed = Long.getLong("seed", System.nanoTime());
        History history = History.of(seed, 1_500);
        Random random = new Random(seed);
        Partitions partitions = new Partitions(redis, history.events(), random);
        for (int kills = 0; kills < 3; kills++) {
            for (int step = 0; step < 6; step++) {
                partitions.step();
            }
            TestRedis.server().kill();
            TestRedis.server().startAgain();
            partitions.begin();
        }
        while (!partitions.areDone()) {
            partitions.step();
        }
        AllTimeLists.check(new LeaderboardsReader(redis), history, seed);
    }

    @Test
    void a_redis_that_would_delete_by_itself_is_refused_with_what_to_do() {
        redis.requireNoEviction();
        try (RedisConnection connection = redis.connections().getConnection()) {
            connection.serverCommands().setConfig("maxmemory-policy", "allkeys-lru");
            try {
                assertThatThrownBy(redis::requireNoEviction)
                        .hasMessage("Redis would delete leaderboards when its memory is full (maxmemory-policy is"
                                + " allkeys-lru): set maxmemory-policy to noeviction and start again.");
            } finally {
                connection.serverCommands().setConfig("maxmemory-policy", "noeviction");
            }
        }
    }

    /** The runner waits out what is an IOException, and parks an event for anything else. */
    @Test
    void a_redis_that_is_away_is_trouble_that_passes() {
        try (LeaderboardsRedis away = LeaderboardsRedis.at("redis://127.0.0.1:1", Duration.ofSeconds(1))) {
            LeaderboardsWriter writer = new LeaderboardsWriter(away, 1, Clock.systemUTC());
            assertThatThrownBy(() -> writer.checkpoint(0))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void a_redis_that_is_full_refuses_a_batch_whole_and_takes_it_later() {
        Board board = new Board(redis, Operator.SUM, SortOrder.DESC).score(1, 5);
        try (RedisConnection connection = redis.connections().getConnection()) {
            connection.serverCommands().setConfig("maxmemory", "1");
            try {
                assertThatThrownBy(() -> board.score(1, 6)).isInstanceOf(LeaderboardsStoreException.class);
            } finally {
                connection.serverCommands().setConfig("maxmemory", "0");
            }
        }
        assertThat(board.list()).containsExactly("1:5");
        assertThat(board.score(1, 7).list()).containsExactly("1:12");
    }
}
