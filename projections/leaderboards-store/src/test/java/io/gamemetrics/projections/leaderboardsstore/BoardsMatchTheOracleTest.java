package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.Oracle.Line;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

class BoardsMatchTheOracleTest {

    private static final int PLAYERS_ASKED = 3;

    private LeaderboardsRedis redis;
    private LeaderboardsReader reader;

    @BeforeEach
    void connect() {
        redis = LeaderboardsRedis.at(TestRedis.url());
        reader = new LeaderboardsReader(redis);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void any_history_gives_the_oracles_lists_whatever_fails_in_between() {
        long seed = Long.getLong("seed", System.nanoTime());
        for (int i = 0; i < Integer.getInteger("histories", 3); i++) {
            check(seed + i, 700);
        }
    }

    @Test
    @Tag("faults")
    void a_hundred_thousand_random_operations_differ_nowhere() {
        long seed = Long.getLong("seed", System.nanoTime());
        // Many short histories rather than a few long ones: boards that are defined late are where it goes wrong.
        for (int i = 0; i < 50; i++) {
            check(seed + i, 500 + 3_000 * (i % 2));
        }
    }

    private void check(long seed, int length) {
        StringRedisTemplate keys = new StringRedisTemplate(redis.connections());
        keys.delete(keys.keys("*"));
        History history = History.of(seed, length);
        Random random = new Random(seed);
        Partitions partitions = new Partitions(redis, history.events(), random);
        run(partitions, () -> {
            // A loss begins everything anew: a long history must come to its end in between.
            if (random.nextInt(Math.max(25, length / 20)) == 0) {
                lose(keys, random);
                partitions.begin();
            }
        });
        lose(keys, random);
        partitions.begin();
        run(partitions, () -> {});
        List<String> differences = new ArrayList<>();
        for (int game : History.GAMES) {
            for (String board : History.BOARDS) {
                differences.addAll(differences(history, game, board, random));
            }
        }
        System.out.printf(
                "seed %d: %d operations on %d boards, %d differences%n",
                seed, length, History.GAMES.size() * History.BOARDS.size(), differences.size());
        assertThat(differences).as("seed %s", seed).isEmpty();
    }

    private static void run(Partitions partitions, Runnable betweenSteps) {
        while (!partitions.areDone()) {
            partitions.step();
            betweenSteps.run();
        }
    }

    /** A node of a cluster, or all of it. */
    private static void lose(StringRedisTemplate keys, Random random) {
        List<String> all = new ArrayList<>(keys.keys("*"));
        if (all.isEmpty()) {
            return;
        }
        Collections.sort(all);
        String any = all.get(random.nextInt(all.size()));
        int end = any.indexOf('}');
        boolean isEverything = end < 0 || random.nextInt(4) == 0;
        keys.delete(
                isEverything
                        ? all
                        : all.stream()
                                .filter(key -> key.startsWith(any.substring(0, end)))
                                .toList());
    }

    private List<String> differences(History history, int game, String board, Random random) {
        Oracle oracle = new Oracle(history.events(), game, board);
        BoardRule rule = oracle.rule();
        Optional<Leaderboard> found = reader.board(game, board);
        Optional<Leaderboard> expected =
                Optional.ofNullable(rule).map(known -> new Leaderboard(board, known, oracle.needsReplay(), false));
        List<String> differences = new ArrayList<>();
        compare(differences, game + " " + board, found, expected);
        if (rule == null || !found.equals(expected)) {
            return differences;
        }
        for (Period period : history.periods(game, board, rule)) {
            String where = game + " " + board + " " + rule.text() + " " + period;
            List<Line> lines = oracle.list(period);
            compare(differences, where, read(game, board, rule, period, random), lines);
            for (int i = 0; i < PLAYERS_ASKED; i++) {
                UUID player =
                        history.players().get(random.nextInt(history.players().size()));
                compareStanding(
                        differences, where, lines, oracle, new Asked(game, board, rule, period, player), random);
            }
        }
        return differences;
    }

    private record Asked(int game, String board, BoardRule rule, Period period, UUID player) {}

    private void compareStanding(
            List<String> differences, String where, List<Line> lines, Oracle oracle, Asked asked, Random random) {
        int most = 1 + random.nextInt(8);
        Standing standing = reader.standing(
                        asked.game(), asked.board(), asked.rule(), asked.period(), new Pseudonym(asked.player()), most)
                .orElseThrow();
        UUID person = oracle.personOf(asked.player());
        int index = lines.stream().map(Line::person).toList().indexOf(person);
        compare(
                differences,
                where + " rank of " + asked.player(),
                standing.entry().map(Entry::rank).orElse(0L),
                index + 1L);
        int from = Math.max(0, Math.min(index - (most - 1) / 2, lines.size() - most));
        List<Line> around = index < 0 ? List.of() : lines.subList(from, Math.min(lines.size(), from + most));
        compare(
                differences,
                where + " around " + asked.player(),
                standing.around().stream().map(Line::of).toList(),
                around);
    }

    /** The whole list in pages of any size, from either end. */
    private List<Line> read(int game, String board, BoardRule rule, Period period, Random random) {
        boolean fromEnd = random.nextBoolean();
        List<Line> lines = new ArrayList<>();
        Cursor cursor = null;
        while (true) {
            PageRequest request = fromEnd
                    ? new PageRequest(1 + random.nextInt(15), true, null, cursor)
                    : new PageRequest(1 + random.nextInt(15), false, cursor, null);
            Page page = reader.page(game, board, rule, period, request).orElseThrow();
            List<Line> more = page.entries().stream().map(Line::of).toList();
            lines.addAll(fromEnd ? 0 : lines.size(), more);
            if (fromEnd ? !page.hasPrevious() : !page.hasNext()) {
                assertThat(page.total()).isEqualTo(lines.size());
                return lines;
            }
            Entry last = fromEnd ? page.entries().getFirst() : page.entries().getLast();
            cursor = Cursor.parse(last.cursor().text());
        }
    }

    private static void compare(List<String> differences, String what, Object found, Object expected) {
        if (!found.equals(expected)) {
            differences.add(what + ": " + found + " instead of " + expected);
        }
    }
}
