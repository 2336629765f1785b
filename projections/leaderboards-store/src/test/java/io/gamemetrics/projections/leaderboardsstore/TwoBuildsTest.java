package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two builds, neither of which can read all that the other can, at the same boards: killed before and after any script, and
 * each in the midst of the other. What one has counted and the other parked counts once when it was released, in order.
 */
class TwoBuildsTest {

    private static final int NOBODYS = -1;
    private static final int LENGTH = 250;

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
    void what_one_build_counted_and_another_parked_counts_once() {
        rounds(Long.getLong("seed", 20_261_130L), 4);
    }

    @Test
    @Tag("faults")
    void and_so_it_is_in_many_more() {
        rounds(Long.getLong("seed", System.nanoTime()), 60);
    }

    /** Why the runner parks what a stream begins to wait for by itself. */
    @Test
    void what_is_parked_together_with_what_stands_behind_it_can_be_lost_to_the_next_build() {
        try (LateScores late = new LateScores(1)) {
            late.define();
            late.redis.failAfter(2, false);
            assertThatThrownBy(late::parkWithOthers).isInstanceOf(LeaderboardsStoreException.class);
            late.redis.heal();
            late.countAll(LateScores.START);

            assertThat(late.list("sum")).as("of 23").containsExactly("2:100", "1:2");
        }
    }

    private void rounds(long seed, int rounds) {
        int parked = 0;
        for (int round = 0; round < rounds; round++) {
            parked += play(seed + round);
        }
        assertThat(parked).as("times something waited").isPositive();
    }

    /** @return how often something waited after a step */
    private int play(long seed) {
        new LeaderboardsCleaner(redis).dropAll();
        Random random = new Random(seed);
        List<Happening> events = History.of(seed, LENGTH).events();
        FailingRedis failing = new FailingRedis(redis);
        List<Build> builds =
                List.of(new Build(failing, events, some(random)), new Build(failing, events, some(random)));
        Build mended = new Build(failing, events, Set.of(NOBODYS));
        int waited = 0;
        while (!IntStream.range(0, Partitions.COUNT).allMatch(mended::isDone)) {
            int which = random.nextInt(2);
            int partition = random.nextInt(Partitions.COUNT);
            disturb(failing, () -> builds.get(1 - which).step(partition, random), random);
            act(builds.get(which), partition, random);
            failing.heal();
            waited += mended.isAnythingWaiting() ? 1 : 0;
        }
        while (mended.isAnythingWaiting()) {
            int partition = random.nextInt(Partitions.COUNT);
            disturb(failing, () -> mended.release(partition, random), random);
            try {
                mended.release(partition, random);
            } catch (LeaderboardsStoreException e) {
                // Killed: it is ordered again.
            }
            failing.heal();
        }
        new Played(redis, 3, NOBODYS).handleAll(events, Map.of(), random);
        Held.same("seed " + seed, Held.in(redis, 1), Held.in(redis, 3));
        return waited;
    }

    private static void disturb(FailingRedis failing, Runnable other, Random random) {
        int chance = random.nextInt(6);
        if (chance == 0) {
            failing.failAfter(random.nextInt(10), random.nextBoolean());
        } else if (chance == 1) {
            failing.meanwhile(random.nextInt(10), other);
        }
    }

    private static void act(Build build, int partition, Random random) {
        try {
            if (random.nextInt(4) == 0) {
                build.release(partition, random);
            } else {
                build.step(partition, random);
            }
        } catch (LeaderboardsStoreException e) {
            // Killed: another one goes on.
        }
    }

    private static Set<Integer> some(Random random) {
        return IntStream.range(0, LENGTH)
                .filter(place -> random.nextInt(25) == 0)
                .boxed()
                .collect(Collectors.toSet());
    }
}
