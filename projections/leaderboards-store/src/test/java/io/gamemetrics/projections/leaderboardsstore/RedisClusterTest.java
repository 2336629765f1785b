package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.testkit.TestRedisCluster;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisClusterTest {

    private static final int LENGTH = 800;

    private static TestRedisCluster cluster;
    private static LeaderboardsRedis redis;

    @BeforeAll
    static void start() {
        cluster = TestRedisCluster.start();
        redis = LeaderboardsRedis.at(cluster.url());
    }

    @AfterAll
    static void stop() {
        redis.close();
        cluster.close();
    }

    @Test
    void every_script_keeps_to_one_node_and_a_node_that_was_lost_is_counted_again() {
        redis.requireNoEviction();
        long seed = System.nanoTime();
        History history = History.of(seed, LENGTH);
        Partitions partitions = new Partitions(redis, history.events(), new Random(seed));
        while (!partitions.areDone()) {
            partitions.step();
        }
        AllTimeLists.check(new LeaderboardsReader(redis), history, seed);

        cluster.empty(new Random(seed).nextInt(2));
        partitions.begin();
        while (!partitions.areDone()) {
            partitions.step();
        }
        AllTimeLists.check(new LeaderboardsReader(redis), history, seed);
        purgeAll(history);
        new LeaderboardsCleaner(redis).drop();
        assertThat(new LeaderboardsCleaner(redis).scan(Needles.of(List.of("leaderboards"))))
                .isEmpty();
    }

    @Test
    void a_version_takes_over_board_by_board_on_its_node() {
        new LeaderboardsCleaner(redis).dropAll();
        long seed = System.nanoTime();
        List<Happening> events = History.of(seed, LENGTH).events();
        int rebuilt = History.GAMES.getLast();
        new Played(redis, 1, rebuilt).handleAll(events, Map.of(), new Random(seed));
        Map<Integer, Position> taken =
                LeaderboardsTakeOver.run(redis, 2, 1, new LeftOut(Set.of(rebuilt), parked -> OptionalInt.empty()));
        new Played(redis, 2, rebuilt).handleAll(events, taken, new Random(seed));

        Held.same("seed " + seed, Held.in(redis, 2), Held.in(redis, 1));
        new LeaderboardsCleaner(redis).dropAll();
    }

    /** The cluster's own guard, which the test above relies on. */
    @Test
    void keys_of_two_boards_in_one_script_are_refused() {
        Redis direct = new Redis(redis, 1);
        List<byte[]> keys = List.of(
                direct.keys().meta(new Keys.Board(1, "a")), direct.keys().meta(new Keys.Board(1, "b")));
        assertThatThrownBy(() -> direct.run(Scripts.CHECKPOINT, keys, List.of()))
                .isInstanceOf(LeaderboardsStoreException.class);
    }

    private static void purgeAll(History history) {
        LeaderboardsCleaner cleaner = new LeaderboardsCleaner(redis);
        List<UUID> players = history.players();
        Needles needles = Needles.of(players.stream().map(UUID::toString).toList());
        assertThat(cleaner.scan(needles)).isNotEmpty();
        players.forEach(player -> Purging.run(redis, 1, player));
        assertThat(cleaner.scan(needles)).isEmpty();
    }
}
